import type { Page } from '@playwright/test';
import { sampleId } from '../../src-renderer/testing/lab-contents.ts';
import { sampleFileId } from './sample-files.ts';

/** One thing to take a picture of. */
export type Scene = {
  readonly name: string;
  /** What the laboratory in memory holds, as the address has it. */
  readonly parameters: string;
  readonly route: string;
  /** What a user does before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<unknown>;
};

const rows = (page: Page) => page.locator('main tbody tr.row');

async function openDetails(page: Page): Promise<void> {
  await rows(page).nth(2).click();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary').waitFor();
}

async function selectTwo(page: Page): Promise<void> {
  await rows(page).nth(1).click();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
}

async function openPalette(page: Page): Promise<void> {
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
}

async function openShortcuts(page: Page): Promise<void> {
  await rows(page).first().waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
}

async function openSessionFile(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open session file…' }).click();
  await page.getByRole('dialog').waitFor();
}

async function walkSteps(page: Page): Promise<void> {
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowRight');
}

/** A composition that contradicts itself, and the way to its mistake. */
async function makeMistakes(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'YAML', exact: true }).click();
  const yaml = page.getByRole('textbox', { name: /YAML/ });
  const text = await yaml.inputValue();
  await yaml.fill(
    text.replace('{ id: today }', '{ id: today, policies: { result: folio-range } }'),
  );
  await page.getByRole('button', { name: 'YAML', exact: true }).click();
  await page.getByRole('button', { name: /^1 mistake/ }).click();
  await page.getByRole('button', { name: /strategies\[0\]/ }).click();
}

async function openRunPicker(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose runs…' }).first().click();
  await page.getByRole('dialog').waitFor();
}

async function showIntervals(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'Select all rows' }).check();
  await page.getByText('Intervals', { exact: true }).click();
}

/** Everything that a fit asks for, and a name that cannot be had. */
async function fillFit(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'pin-register' }).check();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('textbook');
}

/** Results of fio beside the simulated ones. */
async function showMeasured(page: Page): Promise<void> {
  await page.locator('.el-select.measured').click();
  for (const name of ['read clat', 'writer write clat']) {
    await page.getByRole('option', { name, exact: true }).first().click();
  }
  await page.keyboard.press('Escape');
  await page.getByText('Log', { exact: true }).click();
}

async function openMeasurement(page: Page): Promise<void> {
  await page.getByText(/^Measurements \d/).click();
  await rows(page).nth(1).click();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary').waitFor();
}

/** A measurement table beside what a built-in model says of it. */
async function choosePredicted(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Rows of' }).press('Enter');
  await page.getByRole('option', { name: 'pin-register' }).click();
}

/** The policies of the first strategy of a draft. */
async function openComposer(page: Page): Promise<void> {
  const card = page.locator('li.card', { hasText: 'per-io allocation' }).first();
  await card.locator('button.header').click();
  await card.getByRole('button', { name: /^(Compose from policies|Policies)/ }).click();
  await page.locator('.composer').scrollIntoViewIfNeeded();
}

const [first, second] = [sampleId('run', 1), sampleId('run', 2)];
/** A run of an experiment with replicates. */
const replicated = sampleId('run', 8);

/** The I/O of the 2024 talk, before and after. */
const TALK =
  '/explain?layout=uniform:64MiB,order=5&op=write&offset=0&length=128KiB&strategy=per-page' +
  '&cost-model=lpc-2024&tracer=function-graph&beside-strategy=folio-threshold';

/** A page in the middle that a child shares, and what the prototype makes of it. */
const FAULTS =
  '/explain?layout=rows:0,4096,8,4;8,9001,1,0,pte,shared;9,20000,7,0&op=write&offset=0&length=64KiB' +
  '&strategy=per-page&beside-strategy=folio-vec&beside-param=prototypeHoles=true&step=10';
/** A registered buffer with a folio in CMA memory, which is migrated. */
const REGISTERED =
  '/explain?layout=rows:0,4096,16,4;16,8192,16,4,pte,cma&op=write&offset=0&length=128KiB' +
  '&api=register&strategy=io-uring-coalesce&beside-strategy=memfd-pin&step=9';

/** A model that was fitted to the built-in measurements. */
const FITTED = '/calibrate?model=my-epyc@1';

/** The crash of 2018 with plain references, and what the rules of v7.1 make of it. */
const RACE_BESIDE =
  '/race?model=gup-dma&reference=get&rules=v7.1&beside-reference=pin&beside-rules=v7.1';

/** The other pages: first as a newcomer finds them, then with something in them. */
const PAGE_SCENES: readonly Scene[] = [
  { name: 'design-empty', parameters: 'contents=empty', route: '/design' },
  {
    name: 'design-full',
    parameters: 'contents=full',
    route: '/design?experiment=allocation-policies',
  },
  {
    name: 'design-composer',
    parameters: 'contents=full',
    route: '/design?experiment=allocation-policies',
    prepare: openComposer,
  },
  {
    name: 'design-yaml',
    parameters: 'contents=full',
    route: '/design?experiment=real-layouts',
    prepare: (page) => page.getByRole('button', { name: 'YAML', exact: true }).click(),
  },
  {
    name: 'design-mistakes',
    parameters: 'contents=full',
    route: '/design?start=new',
    prepare: makeMistakes,
  },
  { name: 'run-empty', parameters: 'contents=empty', route: '/run' },
  { name: 'run-full', parameters: 'contents=full&running&seconds=8', route: '/run' },
  { name: 'compare-empty', parameters: 'contents=full', route: '/compare' },
  { name: 'compare-full', parameters: 'contents=full', route: `/compare?runs=${first},${second}` },
  {
    name: 'compare-phases',
    parameters: 'contents=full',
    route: `/compare?runs=${first}`,
    prepare: (page) => page.getByText('Cost by phase', { exact: true }).click(),
  },
  ...['Allocations', 'Heat map', 'Parallel'].map((kind) => ({
    name: `compare-${kind.toLowerCase().replace(' ', '-')}`,
    parameters: 'contents=full',
    route: `/compare?runs=${first}`,
    prepare: (page: Page) => page.getByText(kind, { exact: true }).click(),
  })),
  {
    name: 'compare-measured',
    parameters: 'contents=full',
    route: `/compare?runs=${first}`,
    prepare: showMeasured,
  },
  {
    name: 'compare-intervals',
    parameters: 'contents=full',
    route: `/compare?runs=${replicated}`,
    prepare: showIntervals,
  },
  {
    name: 'compare-columns',
    parameters: 'contents=full',
    route: `/compare?runs=${first}`,
    prepare: (page) => page.getByRole('button', { name: 'Columns' }).click(),
  },
  {
    name: 'compare-parameters',
    parameters: 'contents=full',
    route: `/compare?runs=${first},${second}`,
    prepare: (page) => page.getByText('Parameters', { exact: true }).click(),
  },
  {
    name: 'compare-picker',
    parameters: 'contents=full',
    route: '/compare',
    prepare: openRunPicker,
  },
  { name: 'run-ended', parameters: 'contents=full', route: `/run/${second}` },
  { name: 'explain-empty', parameters: 'contents=empty', route: '/explain' },
  {
    name: 'explain-full',
    parameters: 'contents=full',
    route: '/explain?layout=anon4k&op=write&offset=0&length=128KiB&strategy=today',
    prepare: walkSteps,
  },
  { name: 'explain-faults', parameters: 'contents=full', route: FAULTS },
  { name: 'explain-registered', parameters: 'contents=full', route: REGISTERED },
  {
    name: 'explain-ledger',
    parameters: 'contents=full',
    route: '/explain',
    prepare: (page) => page.getByText('Events and cost', { exact: true }).click(),
  },
  { name: 'explain-calls', parameters: 'contents=full', route: `${TALK}&view=calls` },
  { name: 'explain-chain', parameters: 'contents=full', route: `${TALK}&view=chain` },
  { name: 'explain-flame', parameters: 'contents=full', route: `${TALK}&view=flame` },
  ...['Tree', 'Functions', 'Flame graph', 'Whole trace'].map((kind) => ({
    name: `explain-trace-${kind.toLowerCase().replace(' ', '-')}`,
    parameters: 'contents=full',
    route: `/explain?trace=${sampleFileId('talk-2024-listings.txt')}`,
    prepare: async (page: Page) => {
      await page.getByText(/was traced 1 time/).waitFor();
      await page.getByRole('main').getByText(kind, { exact: true }).click();
    },
  })),
  {
    name: 'explain-trace-gaps',
    parameters: 'contents=full',
    route: `/explain?trace=${sampleFileId('function-graph-lost-events.txt')}`,
  },
  {
    name: 'explain-trace-none',
    parameters: 'contents=empty',
    route: '/explain',
    prepare: (page) => page.getByText('Trace', { exact: true }).click(),
  },
  { name: 'explain-vectors', parameters: 'contents=full', route: `${TALK}&view=vectors` },
  { name: 'validate-full', parameters: 'contents=full', route: '/validate' },
  {
    name: 'validate-off',
    parameters: 'contents=full',
    route: '/validate',
    prepare: async (page) => {
      await page.getByText('Off', { exact: true }).click();
      await rows(page).nth(4).click();
    },
  },
  {
    name: 'validate-source',
    parameters: 'contents=full',
    route: '/validate',
    prepare: (page) => page.getByText('S2', { exact: true }).click(),
  },
  { name: 'calibrate-empty', parameters: 'contents=empty', route: '/calibrate' },
  { name: 'calibrate-fit', parameters: 'contents=full', route: FITTED },
  {
    name: 'calibrate-form',
    parameters: 'contents=full',
    route: FITTED,
    prepare: fillFit,
  },
  {
    name: 'calibrate-layouts',
    parameters: 'contents=full',
    route: FITTED,
    prepare: (page) => page.getByText('Error by layout', { exact: true }).click(),
  },
  { name: 'calibrate-prices', parameters: 'contents=full', route: `${FITTED}&view=prices` },
  { name: 'calibrate-rows', parameters: 'contents=full', route: `${FITTED}&view=rows` },
  { name: 'calibrate-built-in', parameters: 'contents=full', route: '/calibrate?model=lpc-2024' },
  {
    name: 'calibrate-predict',
    parameters: 'contents=full',
    route: '/calibrate?model=epyc-6.18&view=predict',
    prepare: choosePredicted,
  },
  { name: 'race-start', parameters: 'contents=empty', route: '/race' },
  {
    name: 'race-crash',
    parameters: 'contents=empty',
    route: '/race?model=gup-dma&reference=get',
    prepare: (page) => page.getByRole('button', { name: 'Where it crashes' }).click(),
  },
  { name: 'race-beside', parameters: 'contents=empty', route: `${RACE_BESIDE}&step=5` },
  {
    name: 'race-bounce',
    parameters: 'contents=empty',
    route:
      '/race?model=gup-dma&reference=pin&rules=none&fix=bounce-writeback&outcome=lost-data&step=4',
  },
  {
    name: 'race-fork',
    parameters: 'contents=empty',
    route: '/race?model=fork-cow&reference=get&step=8',
  },
];

/** Every page, empty and full, and what opens over it. */
export const SCENES: readonly Scene[] = [
  { name: 'library-empty', parameters: 'contents=empty', route: '/library' },
  { name: 'library-full', parameters: 'contents=full', route: '/library' },
  {
    name: 'library-thousand',
    parameters: 'contents=thousand&running&seconds=60',
    route: '/library',
    prepare: selectTwo,
  },
  {
    name: 'library-details',
    parameters: 'contents=full',
    route: '/library',
    prepare: openDetails,
  },
  {
    name: 'library-trash',
    parameters: 'contents=full',
    route: '/library',
    prepare: (page) => page.getByRole('button', { name: /^Trash/ }).click(),
  },
  {
    name: 'library-session',
    parameters: 'contents=full',
    route: '/library',
    prepare: (page) => page.getByRole('button', { name: /^LPC 2024 talk/ }).click(),
  },
  {
    name: 'library-measurements',
    parameters: 'contents=full',
    route: '/library',
    prepare: openMeasurement,
  },
  {
    name: 'library-columns',
    parameters: 'contents=few',
    route: '/library',
    prepare: (page) => page.getByRole('button', { name: 'Columns' }).click(),
  },
  {
    name: 'library-file',
    parameters: 'contents=few',
    route: '/library',
    prepare: openSessionFile,
  },
  { name: 'window-palette', parameters: 'contents=few', route: '/library', prepare: openPalette },
  {
    name: 'window-shortcuts',
    parameters: 'contents=few',
    route: '/library',
    prepare: openShortcuts,
  },
  ...PAGE_SCENES,
];
