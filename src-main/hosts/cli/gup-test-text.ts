import { summariseGupTest } from '#contract';
import type { GupTestDocument, GupTestGroup, GupTestSummary } from '#contract';
import { bytesText, countedText, countText, decimals } from './figures.ts';
import { remarksText } from './remarks-text.ts';
import { textTable } from './text-table.ts';
import type { Column } from './text-table.ts';

const NONE = '–';

function perPageText(ns: number | null): string {
  return ns === null ? NONE : decimals(ns);
}

const SUMMARY_COLUMNS: readonly Column<GupTestSummary>[] = [
  { title: 'test', align: 'left', text: ({ test }) => test ?? NONE },
  { title: 'results', align: 'right', text: ({ results }) => countText(results) },
  { title: 'get us', align: 'right', text: ({ getMicroseconds }) => decimals(getMicroseconds) },
  { title: 'put us', align: 'right', text: ({ putMicroseconds }) => decimals(putMicroseconds) },
  { title: 'get ns/page', align: 'right', text: ({ getNsPerPage }) => perPageText(getNsPerPage) },
  { title: 'put ns/page', align: 'right', text: ({ putNsPerPage }) => perPageText(putNsPerPage) },
];

function groupText(group: GupTestGroup): string {
  const { settings, results } = group;
  const command = group.command ?? 'no command line';
  const size =
    settings === null
      ? ''
      : ` (${bytesText(settings.bytes)}, ${settings.pagesPerCall === null ? 'all pages' : countedText(settings.pagesPerCall, 'page')} a call)`;
  const truncated = results.filter(({ isTruncated }) => isTruncated).length;
  return [
    `${command}${size}`,
    ...(results.length === 0 ? [] : [textTable(summariseGupTest(group), SUMMARY_COLUMNS)]),
    ...(truncated === 0
      ? []
      : [`${countedText(truncated, 'result')} of less memory than asked for`]),
    ...group.untimed.map(({ test }) => `${test} has no times`),
  ].join('\n');
}

/** Results of gup_test as tables for people: medians, and what they are a page. */
export function gupTestText(document: GupTestDocument): string {
  return [
    ...document.groups.map(groupText),
    ...remarksText('assumed', document.assumptions),
    ...remarksText('to be kept in mind', document.warnings),
  ].join('\n\n');
}
