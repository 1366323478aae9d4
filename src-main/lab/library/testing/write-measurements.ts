import { smallMeasurement } from '../../testing/small-measurements.ts';
import { openLibrary } from '../index.ts';

// write-measurements.ts LIBRARY
// Adds measurements to a session, three at once, and says how many there are after each time; until
// it is killed.
const [path = ''] = process.argv.slice(2);

const library = openLibrary(path);
for (let added = 0; ; added += 3) {
  library.inOneTransaction(() => {
    const { id } = library.findOrCreateSession('night');
    for (const figure of [added, added + 1, added + 2]) {
      library.addMeasurement(smallMeasurement(id, figure));
    }
  });
  console.log(added + 3);
}
