/** What front ends load that know no extensions of JupyterLab, such as VS Code. */
export { StreamModel, StreamView } from './widget.js';
import '../style/index.js';
