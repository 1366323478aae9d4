import '../content-policy.ts';
import { createWindowApplication } from '../window-application.ts';
import { createMemoryLab } from './memory-lab.ts';
import type { SampleTrials } from './lab-contents.ts';
import { parseContents, parseTrials } from './parse-contents.ts';

// The window over a laboratory in memory. The address says what it holds (`contents=few`), whether
// something is running (`running`), and how long a run takes (`seconds=20`).
const parameters = new URL(location.href).searchParams;
const contents = parseContents(await read(parameters.get('contents') ?? 'few'));
let trials: Promise<SampleTrials> | null = null;
const lab = createMemoryLab(contents, {
  pace: { durationMs: Number(parameters.get('seconds') ?? 6) * 1000 },
  loadTrials: () => (trials ??= read('trials').then(parseTrials)),
});

async function read(name: string): Promise<string> {
  return (await fetch(`../contents/${name}.json`)).text();
}

createWindowApplication(lab.bridge).mount('#app');

const [text] = Object.values(contents.experiments);
const [session] = contents.sessions;
if (parameters.has('running') && text !== undefined && session !== undefined) {
  await lab.bridge.startRun({ text, sessionId: session.id, parentRunId: null });
}
