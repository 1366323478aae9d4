import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { chartTheme, chartTokensFrom } from './chart-theme.ts';

const sheet = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The custom properties of a rule, by name. */
function tokensOf(selector: string): Map<string, string> {
  const start = sheet.indexOf(`\n${selector} {`);
  const body = sheet.slice(start, sheet.indexOf('\n}', start));
  return new Map(
    [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const light = tokensOf(':root');
const themes = { light, dark: new Map([...light, ...tokensOf(':root.dark')]) };

function channel(value: number): number {
  const share = value / 255;
  return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(colour.slice(at, at + 2), 16)),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @source WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

const SURFACES = [
  '--canvas',
  '--surface',
  '--surface-raised',
  '--surface-sunken',
  '--surface-hover',
];
const TEXTS = [
  '--text',
  '--text-muted',
  '--text-faint',
  '--accent-text',
  '--good',
  '--warn',
  '--bad',
];
const MARKS = [
  '--accent',
  '--star',
  ...Array.from({ length: 10 }, (_, index) => `--chart-${index + 1}`),
];

it.each(['light', 'dark'] as const)(
  'has readable text on every surface of the %s theme',
  (name) => {
    const tokens = themes[name];
    const value = (token: string): string => tokens.get(token) ?? '';
    const tooFaint = SURFACES.flatMap((surface) =>
      TEXTS.filter((text) => contrast(value(text), value(surface)) < 4.5).map(
        (text) => `${text} on ${surface}`,
      ),
    );

    expect(tooFaint).toEqual([]);
    expect(contrast(value('--text'), value('--surface-selected'))).toBeGreaterThan(4.5);
    expect(contrast(value('--accent-text'), value('--surface-selected'))).toBeGreaterThan(4.5);
    expect(contrast(value('--text-on-accent'), value('--accent'))).toBeGreaterThan(4.5);
  },
);

it.each(['light', 'dark'] as const)('has marks that stand out from the %s surface', (name) => {
  const value = (token: string): string => themes[name].get(token) ?? '';

  expect(MARKS.filter((mark) => contrast(value(mark), value('--surface')) < 3)).toEqual([]);
});

it('gives charts the same colours as the window, and tooltips no inline style', () => {
  const tokens = chartTokensFrom((name) => themes.dark.get(name) ?? '');

  expect(chartTheme(tokens)).toMatchObject({
    color: Array.from({ length: 10 }, (_, index) => themes.dark.get(`--chart-${index + 1}`)),
    textStyle: { color: themes.dark.get('--text') },
    tooltip: { renderMode: 'richText' },
  });
});

it('gives charts all digits of a colour, though a build leaves some out', () => {
  const tokens = chartTokensFrom((name) => (name === '--surface' ? '#fff' : '#1A1e27'));

  expect([tokens.surface, tokens.text]).toEqual(['#ffffff', '#1A1e27']);
});
