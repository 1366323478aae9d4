import { describe, expect, it } from 'vitest';
import { defaultLibraryPath, libraryWords } from './default-path.ts';

describe('the place of the library', () => {
  it.each([
    [{ HOME: '/home/ada' }, 'linux', '/home/ada/.local/share/folio-lab/library.db'],
    [{ HOME: '/home/ada', XDG_DATA_HOME: '/srv' }, 'linux', '/srv/folio-lab/library.db'],
    [
      { HOME: '/home/ada', XDG_DATA_HOME: '' },
      'linux',
      '/home/ada/.local/share/folio-lab/library.db',
    ],
    [
      { HOME: '/home/ada', XDG_DATA_HOME: 'relative' },
      'linux',
      '/home/ada/.local/share/folio-lab/library.db',
    ],
    [
      { HOME: '/Users/ada' },
      'darwin',
      '/Users/ada/Library/Application Support/folio-lab/library.db',
    ],
    [
      { APPDATA: String.raw`C:\Users\ada\AppData\Roaming` },
      'win32',
      String.raw`C:\Users\ada\AppData\Roaming\folio-lab\library.db`,
    ],
    [
      { USERPROFILE: String.raw`C:\Users\ada` },
      'win32',
      String.raw`C:\Users\ada\AppData\Roaming\folio-lab\library.db`,
    ],
    [{ HOME: '/home/ada', FOLIO_LAB_LIBRARY: '/data/x.db' }, 'linux', '/data/x.db'],
    [
      { HOME: '/home/ada', FOLIO_LAB_LIBRARY: '' },
      'linux',
      '/home/ada/.local/share/folio-lab/library.db',
    ],
  ] as const)('given %j on %s is %s', (variables, platform, expected) => {
    expect(defaultLibraryPath(variables, platform)).toBe(expected);
  });
});

it.runIf(process.platform === 'linux')(
  'is named in a command unless every terminal finds it',
  () => {
    const usual = '/home/ada/.local/share/folio-lab/library.db';
    const home = { HOME: '/home/ada' };
    const chosen = { ...home, FOLIO_LAB_LIBRARY: '/data/x.db' };

    expect([
      libraryWords(usual, 'another', home),
      libraryWords('/data/x.db', 'another', home),
      libraryWords('/data/x.db', 'this', chosen),
      libraryWords('/data/x.db', 'another', chosen),
      libraryWords(usual, 'this', chosen),
    ]).toEqual([
      [],
      ['--library', '/data/x.db'],
      [],
      ['--library', '/data/x.db'],
      ['--library', usual],
    ]);
  },
);
