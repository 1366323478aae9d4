import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainDocument, parseCostModel } from '#contract';
import { extentsFromLayout, functionGraphText } from '#core';
import type { CostModel } from '#core';
import { layoutFromRowsText } from '../../../layout-rows/read-layout-rows.ts';
import { csvFromExtents } from '../../../layout-rows/write-layout-rows.ts';
import { explained } from '../testing/explained.ts';
import { wordsFromQuestion } from './command-words.ts';
import type { Question } from './question.ts';
import { SAMPLE_QUESTIONS, TALK_QUESTION } from './sample-questions.ts';
import type { SampleQuestion } from './sample-questions.ts';

const ROOT = new URL('../../../../', import.meta.url);
const CLI = fileURLToPath(new URL('src-main/hosts/cli/index.ts', ROOT));

function builtInModel(id: string): CostModel {
  const file = new URL(`experiments/cost-models/${id}.json`, ROOT);
  const result = parseCostModel(readFileSync(file, 'utf8'), id);
  if (!result.ok) throw new Error(`cost model ${id} is broken`);
  return result.costModel;
}

const MODELS = ['textbook', 'lpc-2024', 'epyc-6.18'].map(builtInModel);

const COLD_SAMPLE: SampleQuestion = {
  title: 'An I/O on memory that has left the cache',
  text: '',
  question: { ...TALK_QUESTION, caches: 'cold', costModel: 'epyc-6.18' },
};
let folder = '';

function run(words: readonly string[]): string {
  return execFileSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The question as the page copies it once its rows are in a file. */
function inFile(question: Question): Question {
  if (question.layout.kind !== 'rows') return question;
  const name = join(folder, 'layout.csv');
  const reading = layoutFromRowsText(question.layout.text);
  if (!reading.ok) throw new Error(reading.message);
  writeFileSync(name, csvFromExtents(extentsFromLayout(reading.layout)));
  return { ...question, layout: { kind: 'catalogue', name } };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-explain-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('"Copy as command"', () => {
  it.each([...SAMPLE_QUESTIONS, COLD_SAMPLE])(
    'prints what the page shows for "$title"',
    ({ question }) => {
      const words = [...wordsFromQuestion(inFile(question), question.strategy), '--json'];
      const printed: unknown = JSON.parse(run(words));
      const found = explained(question, MODELS);
      if (found === null) throw new Error('the question cannot be explained');
      const layout = words[words.indexOf('--layout') + 1] ?? '';
      const document = explainDocument(found.explanation, {
        layout,
        costModel: found.input.costModel,
        trace: null,
        chain: null,
      });

      expect(printed).toEqual(document);
    },
  );

  it('prints the trace that the page shows beside the calls', () => {
    const [sample] = SAMPLE_QUESTIONS;
    const found = sample === undefined ? null : explained(sample.question, MODELS);
    if (sample === undefined || found === null) throw new Error('there is no sample');
    const printed = run(wordsFromQuestion(sample.question, sample.question.strategy, true));

    expect(printed.trimEnd()).toBe(
      functionGraphText(found.explanation, found.input.costModel).trimEnd(),
    );
  });
});
