declare module '*.svg' {
  const text: string;
  export default text;
}

declare module '*/package.json' {
  const description: { readonly name: string; readonly version: string };
  export default description;
}
