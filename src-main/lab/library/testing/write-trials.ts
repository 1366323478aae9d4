import { openLibrary } from '../index.ts';
import { exampleRun, exampleTrial } from './records.ts';

// write-trials.ts LIBRARY SESSION TRIALS finish|wait
// Runs so many trials into a session, three to a commit, and says so after each commit. Then it ends
// the run, or waits for a line of input before it does.
const [path = '', sessionName = '', trials = '', ending = ''] = process.argv.slice(2);
const plannedTrials = Number(trials);

const library = openLibrary(path);
const session = library.findOrCreateSession(sessionName);
const run = library.startRun(exampleRun(session.id, { plannedTrials }));
console.log(run.id);
for (let position = 0; position < plannedTrials; position += 3) {
  const group = [position, position + 1, position + 2].filter((place) => place < plannedTrials);
  library.appendTrials(
    run.id,
    group.map((place) => exampleTrial(place)),
  );
  console.log(position + group.length);
}
if (ending === 'wait') {
  console.log('waiting');
  process.stdin.once('data', finish);
} else {
  finish();
}

function finish(): void {
  library.endRun(run.id, { status: 'finished', expectations: [] });
  library.close();
  process.stdin.destroy();
}
