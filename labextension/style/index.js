import './base.css';
import './card-details.css';
import './plot.css';
import './output.css';
