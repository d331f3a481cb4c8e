// Bundles the widget alone, for front ends that know no extensions of JupyterLab. They look for
// it below share/jupyter/nbextensions, as a module of AMD, and bring @jupyter-widgets/base.
import console from 'node:console';
import process from 'node:process';

import { rspack } from '@rspack/core';

const compiler = rspack({
  mode: 'production',
  context: import.meta.dirname,
  entry: './lib/nbextension.js',
  externals: { '@jupyter-widgets/base': 'amd @jupyter-widgets/base' },
  output: {
    path: `${import.meta.dirname}/../jupyter_stream/labextension/nbextension`,
    filename: 'index.js',
    library: { type: 'amd' }
  },
  module: {
    rules: [{ test: /\.css$/, use: ['style-loader', 'css-loader'], type: 'javascript/auto' }]
  },
  performance: { hints: false }
});

compiler.run((error, stats) => {
  if (error !== null || stats?.hasErrors()) {
    console.error(error ?? stats?.toString('errors-only'));
    process.exitCode = 1;
  }
});
