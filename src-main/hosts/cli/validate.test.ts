import { afterAll, describe, expect, it } from 'vitest';
import { validateExperiments } from '../../lab/index.ts';
import { EXPERIMENTS_FOLDER } from './places.ts';
import { LabFolder } from './testing/lab-process.ts';

const folder = new LabFolder();
afterAll(() => folder[Symbol.dispose]());

describe('validate', () => {
  it('prints every row as JSON, and ends with 0 although some are off', async () => {
    const { status, stdout, stderr } = await folder.run('validate', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const document = await validateExperiments(EXPERIMENTS_FOLDER);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('prints a table of one source, the basis in words, in lines of 100 columns', async () => {
    const { status, stdout } = await folder.run('validate', '--source', 's2');
    expect(status).toBe(0);
    expect(stdout).toMatch(/✓ +s2\.pin\.after +3800 +\S+ +us +\S+ % +predicted/);
    expect(stdout).toMatch(/= +s2\.get\.after +3600 +3600 +us +0 % +fitted/);
    expect(stdout).not.toContain('s1.');
  });

  it('says of every figure that is off or missing why it is', async () => {
    const { stdout } = await folder.run('validate');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(stdout).toMatch(/^Off:$/m);
    expect(stdout).toMatch(/^Not modelled:$/m);
    expect(stdout).toMatch(/s1\.untraced\.before: 3\.889\d* to 6\.167\d* us; not published/);
  });

  it('prints Markdown', async () => {
    const { stdout } = await folder.run('validate', '--source', 's1', '--markdown');
    expect(stdout.split('\n')[0]).toBe(
      '| id | figure | workload | published | modelled | unit | error | basis | remark |',
    );
  });

  it('refuses a source that there is not, and two formats at once', async () => {
    const source = await folder.run('validate', '--source', 's9');
    expect(source.status).toBe(2);
    expect(source.stderr).toContain('--source: found "s9"; allowed: s1, s2');
    const both = await folder.run('validate', '--json', '--markdown');
    expect(both.status).toBe(2);
  });
});
