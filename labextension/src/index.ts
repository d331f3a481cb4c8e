import { sidebarPlugin } from './sidebar.js';
import { widgetPlugin } from './registration.js';

export default [sidebarPlugin, widgetPlugin];
