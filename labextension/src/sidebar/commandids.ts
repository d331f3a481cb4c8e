/** What can be done with a topic; arguments are a `TopicPlace`, else the row that has the focus. */
export const OPEN_TOPIC = 'jupyter-stream:open-topic';
export const TOGGLE_FAVOURITE = 'jupyter-stream:toggle-favourite';
export const COPY_NAME = 'jupyter-stream:copy-topic-name';
/** Added by `notebook/`. */
export const WATCH = 'jupyter-stream:watch-in-notebook';
export const WATCH_AS = 'jupyter-stream:watch-as';
export const LOAD = 'jupyter-stream:load-extension';
export const COPY_MAGIC = 'jupyter-stream:copy-as-magic';
export const COPY_PYTHON = 'jupyter-stream:copy-as-python';

/** What is offered for a topic, in menus and at the top of its tab, where it was added. */
export const TOPIC_ACTIONS = [WATCH, WATCH_AS, COPY_MAGIC, COPY_PYTHON];

/** What can be done with the panel. */
export const SHOW = 'jupyter-stream:open';
export const SHOW_JOBS = 'jupyter-stream:open-jobs';
export const REFRESH = 'jupyter-stream:refresh';
export const FILTER = 'jupyter-stream:filter';
export const NEXT_TOPIC = 'jupyter-stream:next-topic';
export const PREVIOUS_TOPIC = 'jupyter-stream:previous-topic';
export const TOGGLE_INTERNAL = 'jupyter-stream:toggle-internal';
export const TOGGLE_GROUPS = 'jupyter-stream:toggle-groups';
export const START_BROKER = 'jupyter-stream:start-broker';
export const STOP_BROKER = 'jupyter-stream:stop-broker';
