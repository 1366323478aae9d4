import '../content-policy.ts';
import { createWindowApplication } from '../window-application.ts';
import { createMemoryLab } from './memory-lab.ts';
import { parseContents } from './parse-contents.ts';

// The window over a laboratory in memory. The address says what it holds (`contents=few`), whether
// something is running (`running`), and how long a run takes (`seconds=20`).
const parameters = new URL(location.href).searchParams;
const response = await fetch(`../contents/${parameters.get('contents') ?? 'few'}.json`);
const contents = parseContents(await response.text());
const lab = createMemoryLab(contents, {
  durationMs: Number(parameters.get('seconds') ?? 6) * 1000,
});

createWindowApplication(lab.bridge).mount('#app');

const [text] = Object.values(contents.experiments);
const [session] = contents.sessions;
if (parameters.has('running') && text !== undefined && session !== undefined) {
  await lab.bridge.startRun({ text, sessionId: session.id, parentRunId: null });
}
