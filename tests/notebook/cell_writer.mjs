// Answers, line by line, what the page would write into a notebook: {"call": name, "with": [...]}.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [labextension] = process.argv.slice(2);
const typescript = createRequire(join(labextension, 'package.json'))('typescript');
const folder = mkdtempSync(join(tmpdir(), 'cells-'));
const options = { module: 'esnext', target: 'es2022', verbatimModuleSyntax: false };
writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
const modules = ['quoting', 'cellclusters', 'watchcells', 'recordcells', 'pythonname'];
for (const name of modules) {
  const source = readFileSync(join(labextension, 'src/sidebar/notebook', `${name}.ts`), 'utf8');
  const { outputText } = typescript.transpileModule(source, { compilerOptions: options });
  writeFileSync(join(folder, `${name}.js`), outputText);
}
const loaded = await Promise.all(modules.map(name => import(join(folder, `${name}.js`))));
const functions = Object.assign({}, ...loaded);
for await (const line of createInterface({ input: process.stdin })) {
  const { call, with: given } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(functions[call](...given))}\n`);
}
