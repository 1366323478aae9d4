import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { experimentSchema, resultTables } from '#contract';
import type { ResultTable } from '#contract';

/** A file of the project that is written from the source and never by hand. */
export type GeneratedFile = {
  readonly path: string;
  readonly text: string;
};

/** The command that writes them. */
export const UPDATE_COMMAND = 'npm run schema:update';

function pathOf(relative: string): string {
  return fileURLToPath(new URL(`../${relative}`, import.meta.url));
}

const JSON_SCHEMA_OPTIONS = { io: 'input', target: 'draft-7' } as const;

/** The JSON Schema from which editors complete and check experiment files. */
function experimentJsonSchema(): string {
  const schema = z.toJSONSchema(experimentSchema, JSON_SCHEMA_OPTIONS);
  const titled = {
    title: 'Folio Lab experiment',
    ...schema,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

/** The part of a JSON Schema that the reference of keys shows. */
type JsonSchemaNode = z.core.JSONSchema.BaseSchema;

function nodeAt(node: JsonSchemaNode, path: readonly string[]): JsonSchemaNode {
  let at: JsonSchemaNode = node;
  for (const key of path) {
    // What may be null is described by the alternative that is not.
    const holder = at.anyOf?.find((each) => each.properties !== undefined) ?? at;
    const next = key === '[]' ? holder.items : holder.properties?.[key];
    if (typeof next !== 'object' || Array.isArray(next)) {
      throw new Error(`the experiment schema has no ${path.join('.')}`);
    }
    at = next;
  }
  return at.anyOf?.find((each) => each.properties !== undefined) ?? at;
}

function allowedWords(node: JsonSchemaNode): string {
  return node.enum === undefined
    ? ''
    : `: ${node.enum.map((word) => `\`${String(word)}\``).join(', ')}`;
}

/** The keys of one map of an experiment file. */
function keyReference(title: string, root: JsonSchemaNode, path: readonly string[]): string {
  const map = nodeAt(root, path);
  const rows = Object.entries(map.properties ?? {}).map(([key, node]) => {
    if (typeof node !== 'object') return '';
    const initial = node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``;
    const state = map.required?.includes(key) === true ? 'needed' : initial;
    const meaning = `${node.description ?? ''}${allowedWords(node)}`.replaceAll('|', '\\|');
    return `| \`${key}\` | ${state} | ${meaning} |`;
  });
  return [
    `### ${title}`,
    '',
    '| key | default | meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const EXPERIMENT_START = `## Experiment files

Sizes are bytes or have a unit: \`512\`, \`4KiB\`, \`128k\`, \`2M\`, \`1GiB\`, each step 1024. Times are
nanoseconds or have a unit: \`250ns\`, \`10us\`, \`1.5ms\`, \`2s\`. Shares are numbers or per cent: \`0.01\`,
\`1%\`. A key that is not in these tables is a mistake, and so is a value out of range; every mistake is
reported with its line. How to write one: [experiments/README.md](../experiments/README.md).

`;

function experimentReference(): string {
  const root: JsonSchemaNode = z.toJSONSchema(experimentSchema, JSON_SCHEMA_OPTIONS);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['The document', []],
    ['`layouts[]`', ['layouts', '[]']],
    ['`layouts[].uniform`', ['layouts', '[]', 'uniform']],
    ['`layouts[].mixed`', ['layouts', '[]', 'mixed']],
    ['`layouts[].buddy`', ['layouts', '[]', 'buddy']],
    ['`workload`', ['workload']],
    ['`workload.device`', ['workload', 'device']],
    ['`workload.device.service`', ['workload', 'device', 'service']],
    ['`strategies[]`', ['strategies', '[]']],
    ['`expect[]`', ['expect', '[]']],
  ];
  const tables = sections.map(([title, path]) => keyReference(title, root, path));
  return `${EXPERIMENT_START}${tables.join('\n')}
\`sweep\` takes lists under the keys ${namesOf(root, ['sweep'])}. The selections \`of\` and \`than\` take
one value or a list under the keys ${namesOf(root, ['expect', '[]', 'of'])}.

`;
}

function namesOf(root: JsonSchemaNode, path: readonly string[]): string {
  const keys = Object.keys(nodeAt(root, path).properties ?? {});
  return keys.map((key) => `\`${key}\``).join(', ');
}

function tableReference({ fileName, meaning, columns }: ResultTable): string {
  const rows = columns.map(
    ({ name, kind, meaning: what }) => `| \`${name}\` | ${kind} | ${what} |`,
  );
  return [
    `### ${fileName}`,
    '',
    meaning,
    '',
    '| column | kind | meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const FORMATS_START = `# Formats

Written by \`${UPDATE_COMMAND}\` from the source; a test fails when it is out of date.

| what | \`schema\` | described in |
| --- | --- | --- |
| experiment, YAML | \`folio-lab/experiment@1\` | below, and [JSON Schema](../experiments/experiment.schema.json) |
| layout, CSV | none: the header line | [experiments/layouts/README.md](../experiments/layouts/README.md) |
| cost model, JSON | \`folio-lab/cost-model@1\` | [experiments/README.md](../experiments/README.md) |
| run, JSON | \`folio-lab/run@1\` | \`src-contract/run-document.ts\` |
| what was read from a measured file, JSON | \`folio-lab/span-table@1\`, \`folio-lab/fio@1\`, \`folio-lab/gup-test@1\`, \`folio-lab/call-trace@1\`, \`folio-lab/layout@1\`, \`folio-lab/plain-table@1\` | \`src-contract/measured\` |
| import, JSON | \`folio-lab/import@1\` | \`src-main/hosts/cli/import-report.ts\` |
| explanation of one I/O, JSON | \`folio-lab/explain@1\` | \`src-contract/explain-document.ts\` |
| published figures, YAML | \`folio-lab/published@1\` | [experiments/README.md](../experiments/README.md) |
| validation, JSON | \`folio-lab/validate@1\` | \`src-contract/validate-document.ts\` |
| race, JSON | \`folio-lab/race@1\` | \`src-contract/race-document.ts\` |
| calibration, JSON | \`folio-lab/calibration@1\` | \`src-contract/calibration-document.ts\` |
| predictions, JSON | \`folio-lab/predict@1\` | \`src-contract/predict-document.ts\` |
| contention, JSON | \`folio-lab/contend@1\` | \`src-contract/contend-document.ts\` |
| results, CSV | none: the header line | below |


`;

const RESULTS_START = `## Results as CSV

RFC 4180 in UTF-8 with line feeds and a header line. Numbers stand unquoted with a point, units are in
the names of the columns. A cell without a value is empty. A text cell that a spreadsheet would run as
a formula (it begins with \`=\`, \`+\`, \`-\`, \`@\`, a tab or a line break, or with marks of this kind
already) has a \`'\` in front, which is taken away again on import. Columns are added at the end of
their group and never change their meaning.

`;

/** Every generated file with the text it should have. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const formats = pathOf('docs/formats.md');
  const text =
    FORMATS_START +
    experimentReference() +
    RESULTS_START +
    resultTables.map(tableReference).join('\n');
  const options = await resolveConfig(formats);
  return [
    { path: pathOf('experiments/experiment.schema.json'), text: experimentJsonSchema() },
    { path: formats, text: await format(text, { ...options, filepath: formats }) },
  ];
}
