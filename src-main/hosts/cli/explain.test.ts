import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { explainDocumentSchema } from '#contract';
import type { ExplainDocument } from '#contract';
import { copyOnWriteInsideFolio } from '../../../tests/golden/example-2-copied-page.ts';
import { LabFolder } from './testing/lab-process.ts';

const folder = new LabFolder();
afterAll(() => folder[Symbol.dispose]());

/** A folio whose seventh page was copied away, the tail of another, and four pages: 23 in all. */
const COPIED = `va_page,pfn,pages,order,leaf,flags
0,4096,6,4,pte,
6,9001,1,0,pte,
7,4103,9,4,pte,
16,8193,3,2,pte,
19,20000,4,0,pte,
`;
const copied = folder.file('copied.csv');
writeFileSync(copied, COPIED);
const copiedWrite = ['--op', 'write', '--offset', '512', '--length', '90112'];

async function explainJson(...words: readonly string[]): Promise<ExplainDocument> {
  const { status, stdout, stderr } = await folder.run('explain', '--json', ...words);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return explainDocumentSchema.parse(JSON.parse(stdout));
}

describe('explain', () => {
  it.concurrent.each(copyOnWriteInsideFolio)(
    'counts $name as worked out by hand',
    async (example) => {
      const { strategy, parameters } = example.request;
      const words = Object.entries(parameters).map(([key, value]) => `--param=${key}=${value}`);
      const found = await explainJson(
        '--layout',
        copied,
        ...copiedWrite,
        '--strategy',
        strategy,
        ...words,
      );
      const { events, outcome, bvecs, temporary, references, folioRuns } = example.expected;
      expect(found).toMatchObject({
        strategy,
        parameters,
        events,
        outcome,
        bvecs,
        temporary,
        folioRuns,
      });
      const added = found.references.reduce((sum, folio) => sum + folio.added, 0);
      const removed = found.references.reduce((sum, folio) => sum + folio.removed, 0);
      expect({ added, removed }).toEqual({ added: references, removed: references });
    },
  );

  it('prices with the cost model that was named, and the phases add up', async () => {
    const found = await explainJson(
      ...['--layout', 'thp2m', '--op', 'read', '--offset', '0', '--length', '128k'],
      ...['--strategy', 'today', '--cost-model', 'epyc-6.18'],
    );
    expect(found.costModel.id).toBe('epyc-6.18');
    const sum = Object.values(found.phases).reduce((total, ns) => total + ns, 0);
    expect(found.totalNs).toBeCloseTo(sum, 6);
    expect(found.totalNs).toBeGreaterThan(0);
  });

  it('takes policies, the path, the API and a specification of the layout', async () => {
    const found = await explainJson(
      ...['--layout', 'uniform:1MiB,order=2', '--op', 'write', '--offset', '4k', '--length', '16k'],
      ...['--strategy', 'folio-vec', '--policy', 'memory=threshold', '--policy', 'threshold=2'],
      ...['--path', 'sync'],
    );
    expect(found.policies).toMatchObject({ memory: 'threshold', threshold: 2 });
    // Pages 1 to 4 lie on two folios; four pages are more than two entries on the stack.
    expect(found).toMatchObject({ folioRuns: 2, bio: { path: 'sync', source: 'stack' } });
    expect(found.events.kmalloc).toBe(1);
    const registered = await explainJson(
      ...['--layout', 'uniform:1MiB', '--op', 'write', '--offset', '0', '--length', '16k'],
      ...['--strategy', 'today', '--api', 'register'],
    );
    expect(registered).toMatchObject({ bios: 0, bvecs: [], bio: { source: 'none' } });
  });

  it('takes what the cache holds: a cold I/O pays for its struct pages', async () => {
    const words = ['--layout', 'uniform:2MiB,order=5', '--op', 'write', '--offset', '0'];
    const rest = ['--length', '128k', '--strategy', 'today', '--cost-model', 'epyc-6.18'];
    const hot = await explainJson(...words, ...rest);
    const cold = await explainJson(...words, ...rest, '--caches', 'cold');
    expect([hot.request.caches, cold.request.caches]).toEqual(['hot', 'cold']);
    expect(hot.overheads).toMatchObject({ cold_first_line: 0, cold_jump: 0 });
    expect(cold.overheads).toMatchObject({ cold_first_line: 16, cold_line: 16, cold_jump: 1 });
    expect(cold.totalNs).toBeGreaterThan(hot.totalNs + 300);
    const refused = await folder.run('explain', ...words, ...rest, '--caches', 'warm');
    expect(refused.stderr).toContain('--caches: found "warm"; allowed: hot, evicted, cold');
  });

  it('reads a layout from a file of any name, and says on one screen what it found', async () => {
    mkdirSync(folder.file('a folder'));
    writeFileSync(folder.file('a folder/my layout'), COPIED);
    const { status, stdout, stderr } = await folder.run(
      ...['explain', '--layout', './a folder/my layout', ...copiedWrite, '--strategy', 'today'],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('pinned: 23 pages');
    expect(stdout).toContain('8 folio runs, 5 physical runs');
    expect(stdout).toContain('80 = reference 46 + mark 23 + release 11');
    expect(stdout).toContain('cost model textbook');
    const lines = stdout.split('\n');
    expect(lines.length).toBeLessThan(50);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('prints function_graph text, and has it in the document too', async () => {
    const words = ['--layout', copied, ...copiedWrite, '--strategy', 'today', '--trace'];
    const { stdout } = await folder.run('explain', ...words);
    expect(stdout).toContain('bio_iov_iter_get_pages() {');
    const { trace } = await explainJson(...words);
    expect(trace).toBe(stdout);
  });

  it('prints the call chain of the talk, and has it in the document too', async () => {
    const words = [
      ...['--layout', 'uniform:1MiB,order=5', '--op', 'write', '--offset', '0', '--length', '128k'],
      ...['--strategy', 'per-page', '--chain', '--beside-strategy', 'folio-batch'],
      ...['--beside-param', 'entries=4'],
    ];
    const { stdout } = await folder.run('explain', ...words);
    expect(stdout).toContain('before: per-page kernel=v6.11    after: folio-batch entries=4');
    expect(stdout).toContain('- gup_fast(start, end, gup_flags, struct page **pages)');
    expect(stdout).toContain('<-----32 times----->');
    const { chain } = await explainJson(...words);
    expect(chain?.rows.find(({ key }) => key === 'grab')).toMatchObject({
      before: { calls: 32 },
      after: { calls: 1 },
    });
    expect(stdout.endsWith(chain?.listings ?? '')).toBe(true);
  });

  it('refuses a second strategy where nothing is put beside the first', async () => {
    const words = [
      ...['explain', '--layout', copied, ...copiedWrite, '--strategy', 'today'],
      ...['--beside-strategy', 'folio-vec'],
    ];
    const { status, stderr } = await folder.run(...words);
    expect(status).toBe(2);
    expect(stderr).toContain('--beside-strategy: only with --chain');
    const unknown = await folder.run(...words.slice(0, -1), 'folio-vek', '--chain');
    expect(unknown.stderr).toContain('--beside-strategy');
    expect(unknown.stderr).toContain('did you mean folio-vec?');
  });

  it('tells of the slow path and of what the holes of the prototype break', async () => {
    const shared = folder.file('shared.csv');
    writeFileSync(
      shared,
      'va_page,pfn,pages,order,leaf,flags\n0,4096,8,4,pte,\n8,9001,1,0,pte,shared\n9,20000,7,0,pte,\n',
    );
    const words = ['--layout', shared, '--op', 'write', '--offset', '0', '--length', '64k'];
    const found = await explainJson(...words, '--strategy', 'per-page');
    expect(found).toMatchObject({ calls: 1, slowCalls: 1, rewalkedTables: 0, broken: [] });
    expect(found.overheads).toMatchObject({ fault_copy: 1, slow_grab_call: 8 });
    const open = ['--strategy', 'folio-vec', '--param', 'prototypeHoles=true'];
    const { broken } = await explainJson(...words, ...open);
    expect(broken.map(({ hole }) => hole)).toContain('lost-rest');
    const { stdout } = await folder.run('explain', ...words, ...open);
    expect(stdout).toContain('broken');
    const slow = await folder.run('explain', ...words, '--strategy', 'per-page');
    expect(slow.stdout).toContain('1 GUP call (1 with the slow path)');
  });

  it('explains an I/O that begins in a gap, and says where memory begins', async () => {
    const gap = folder.file('gap.csv');
    writeFileSync(gap, 'va_page,pfn,pages,order,leaf,flags\n3,7,2,0,pte,anon\n');
    const words = [
      'explain',
      '--layout',
      gap,
      '--op',
      'write',
      '--length',
      '8k',
      '--strategy',
      'today',
    ];
    const before = await folder.run(...words, '--offset', '0', '--json');
    expect(before.status).toBe(0);
    expect(before.stderr).toContain('--offset 12288');
    expect(explainDocumentSchema.parse(JSON.parse(before.stdout)).outcome.kind).toBe('efault');
    const across = await folder.run(...words, '--offset', '16k', '--json');
    expect(explainDocumentSchema.parse(JSON.parse(across.stdout)).outcome).toEqual({
      kind: 'short',
      pages: 1,
    });
  });

  it('makes no library', async () => {
    await folder.run('explain', '--layout', copied, ...copiedWrite, '--strategy', 'today');
    expect(existsSync(folder.library)).toBe(false);
  });
});
