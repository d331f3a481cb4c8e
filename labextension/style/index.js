import './base.css';
import './card-details.css';
import './plot.css';
import './output.css';
import './sidebar/panel.css';
import './sidebar/panel-states.css';
import './sidebar/detail.css';
import './sidebar/records.css';
