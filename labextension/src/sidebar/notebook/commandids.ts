/** Makes records a variable; arguments are a `VariableChoice`. */
export const TO_VARIABLE = 'jupyter-stream:to-variable';

/** Makes a file a variable; arguments are a `FilePlace`. */
export const OPEN_FILE = 'jupyter-stream:open-file';
