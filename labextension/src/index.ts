import { sidebarPlugin } from './sidebar/plugin.js';
import { widgetPlugin } from './registration.js';

export default [sidebarPlugin, widgetPlugin];
