import type { Explanation } from '#core';
import { formatBytes, formatCount } from '../../../format.ts';
import { wordFromLayout } from '../question/layout-word.ts';
import type { LayoutWords } from '../question/question.ts';

const APIS = { 'direct-io': 'Direct', 'gup-test': 'gup_test', register: 'Registration,' } as const;

/** A layout in a few words. */
export function layoutText(layout: LayoutWords): string {
  if (layout.kind === 'rows') return 'rows of its own';
  return wordFromLayout(layout);
}

/** An I/O in a few words: `Direct write of 128 KiB at 0 on uniform:64MiB,order=5, cold cache`. */
export function requestText({ request }: Explanation, layout: LayoutWords): string {
  const path = request.api === 'direct-io' && request.path === 'sync' ? ', synchronous' : '';
  const caches = request.caches ?? 'hot';
  const cache = caches === 'hot' ? '' : `, ${caches} cache`;
  return `${APIS[request.api]} ${request.op} of ${formatBytes(request.length)} at ${formatCount(request.offset)} on ${layoutText(layout)}${path}${cache}`;
}
