/** A function as one side of the conversion has it. */
export type ChainFunction = {
  readonly name: string;
  /** What it takes, as declared; types of parameters that stay are left out. */
  readonly parameters: string;
};

/** The work of the chain by who does it; `call-chain.ts` says which events each stands for. */
export const CHAIN_KEYS = [
  'bio',
  'extract',
  'iter-extract',
  'user-extract',
  'want-array',
  'gup',
  'valid-args',
  'fallback',
  'fast',
  'pgd-range',
  'p4d-range',
  'pud-range',
  'pmd-range',
  'leaf',
  'record',
  'pte-range',
  'map-table',
  'grab',
  'get-folio',
  'node-state',
  'allowed',
  'put-folio',
  'slow',
  'locked',
  'find-vma',
  'get-pages',
  'fault',
  'slow-grab',
  'add',
  'try-merge',
  'new-vector',
] as const;
export type ChainKey = (typeof CHAIN_KEYS)[number];

/** One function of the chain, with the one that calls it. */
export type ChainLink = {
  readonly key: ChainKey;
  /** Calls between bio_iov_iter_get_pages() and it. */
  readonly depth: number;
  /** As the kernel has it that the prototype starts from. */
  readonly before: ChainFunction;
  /** As the prototype has it; null where nothing took its place. */
  readonly after: ChainFunction | null;
};

function kept(name: string, parameters: string): Pick<ChainLink, 'before' | 'after'> {
  return { before: { name, parameters }, after: { name, parameters } };
}

function changed(
  before: readonly [string, string],
  after: readonly [string, string],
): Pick<ChainLink, 'before' | 'after'> {
  return {
    before: { name: before[0], parameters: before[1] },
    after: { name: after[0], parameters: after[1] },
  };
}

const PAGES = 'struct page **pages';
const FOLIOS = 'struct folio_vec **folios';
const COUNT = 'int *nr_folio_vecs';

/** A step down the page tables: the page array becomes a vector of folios, whatever the level. */
function level(name: string, entry: string): Pick<ChainLink, 'before' | 'after'> {
  const place = `${entry}addr, end, flags`;
  return changed(
    [`gup_fast_${name}`, `${place}, ${PAGES}, int *nr`],
    [`gup_folio_fast_${name}`, `${place}, ${FOLIOS}, int *nr`],
  );
}

/**
 * The functions from bio_iov_iter_get_pages() down to try_grab_folio() and to the bio, callers before what they
 * call.
 *
 * @source K. Kumar, "Transitioning get_user_pages (GUP) to folio based mapping", LPC 2024, "Code flow and the
 *   functions involved" and "Changes in signature of several functions"; SamsungDS/linux 7d18d8266bf5 block/bio.c,
 *   lib/iov_iter.c, mm/gup.c.
 */
export const CHAIN_LINKS: readonly ChainLink[] = [
  { key: 'bio', depth: 0, ...kept('bio_iov_iter_get_pages', 'bio, iter') },
  { key: 'extract', depth: 1, ...kept('__bio_iov_iter_get_pages', 'bio, iter') },
  {
    key: 'iter-extract',
    depth: 2,
    ...changed(
      [
        'iov_iter_extract_pages',
        'i, struct page ***pages, maxsize, maxpages, extraction_flags, offset0',
      ],
      [
        'iov_iter_extract_folios',
        `i, struct folio_vec ***folios, maxsize, maxpages, extraction_flags, offset0, ${COUNT}`,
      ],
    ),
  },
  {
    key: 'user-extract',
    depth: 3,
    ...changed(
      [
        'iov_iter_extract_user_pages',
        'i, struct page ***pages, maxsize, maxpages, extraction_flags, offset0',
      ],
      [
        'iov_iter_extract_user_folios',
        `i, struct folio_vec ***folios, maxsize, maxpages, extraction_flags, offset0, ${COUNT}`,
      ],
    ),
  },
  {
    key: 'want-array',
    depth: 4,
    ...changed(
      ['want_pages_array', 'struct page ***res, size, start, maxpages'],
      ['want_folios_array', 'struct folio_vec ***res, size, start, maxpages'],
    ),
  },
  {
    key: 'gup',
    depth: 4,
    ...changed(
      ['pin_user_pages_fast', `start, nr_pages, gup_flags, ${PAGES}`],
      ['pin_user_folios_fast', `start, nr_pages, gup_flags, ${FOLIOS}, ${COUNT}`],
    ),
  },
  {
    key: 'valid-args',
    depth: 5,
    ...changed(
      ['is_valid_gup_args', `${PAGES}, locked, gup_flags_p, to_set`],
      ['is_valid_gup_folio_args', `${FOLIOS}, locked, gup_flags_p, to_set`],
    ),
  },
  {
    key: 'fallback',
    depth: 5,
    ...changed(
      ['gup_fast_fallback', `start, nr_pages, gup_flags, ${PAGES}`],
      ['gup_folio_fast_fallback', `start, nr_pages, gup_flags, ${FOLIOS}, ${COUNT}`],
    ),
  },
  {
    key: 'fast',
    depth: 6,
    ...changed(
      ['gup_fast', `start, end, gup_flags, ${PAGES}`],
      ['gup_folio_fast', `start, end, gup_flags, ${FOLIOS}, ${COUNT}`],
    ),
  },
  { key: 'pgd-range', depth: 7, ...level('pgd_range', '') },
  { key: 'p4d-range', depth: 8, ...level('p4d_range', 'pgdp, pgd, ') },
  { key: 'pud-range', depth: 9, ...level('pud_range', 'p4dp, p4d, ') },
  { key: 'pmd-range', depth: 10, ...level('pmd_range', 'pudp, pud, ') },
  { key: 'leaf', depth: 11, ...level('pmd_leaf', 'orig, pmdp, ') },
  {
    key: 'record',
    depth: 12,
    ...changed(
      ['record_subpages', `page, sz, addr, end, ${PAGES}`],
      ['record_subfolios', `page, sz, addr, end, ${FOLIOS}, ${COUNT}`],
    ),
  },
  {
    key: 'pte-range',
    depth: 11,
    ...changed(
      ['gup_fast_pte_range', `pmd, pmdp, addr, end, flags, ${PAGES}, int *nr`],
      ['gup_folio_fast_pte_range', `pmd, pmdp, addr, end, flags, ${FOLIOS}, ${COUNT}`],
    ),
  },
  { key: 'map-table', depth: 12, ...kept('__pte_offset_map', 'pmd, addr, pmdvalp') },
  { key: 'grab', depth: 12, ...kept('try_grab_folio', 'page, refs, flags') },
  { key: 'get-folio', depth: 13, ...kept('try_get_folio', 'page, refs') },
  { key: 'node-state', depth: 13, ...kept('mod_node_page_state', 'pgdat, item, delta') },
  { key: 'allowed', depth: 12, ...kept('gup_fast_folio_allowed', 'folio, flags') },
  { key: 'put-folio', depth: 12, ...kept('gup_put_folio', 'folio, refs, flags') },
  {
    key: 'slow',
    depth: 6,
    ...changed(
      ['__gup_longterm_locked', `mm, start, nr_pages, ${PAGES}, locked, gup_flags`],
      [
        '__gup_folio_longterm_locked',
        `mm, start, nr_pages, ${FOLIOS}, ${COUNT}, locked, gup_flags`,
      ],
    ),
  },
  {
    key: 'locked',
    depth: 7,
    ...changed(
      ['__get_user_pages_locked', `mm, start, nr_pages, ${PAGES}, locked, flags`],
      ['__get_user_folios_locked', `mm, start, nr_pages, ${COUNT}, ${FOLIOS}, locked, flags`],
    ),
  },
  { key: 'find-vma', depth: 8, ...kept('find_vma', 'mm, addr') },
  {
    key: 'get-pages',
    depth: 8,
    ...changed(
      ['__get_user_pages', `mm, start, nr_pages, gup_flags, ${PAGES}, locked`],
      ['__get_user_folios', `mm, start, nr_pages, gup_flags, ${FOLIOS}, ${COUNT}, locked`],
    ),
  },
  { key: 'fault', depth: 9, ...kept('handle_mm_fault', 'vma, address, flags, regs') },
  { key: 'slow-grab', depth: 9, ...kept('try_grab_page', 'page, flags') },
  {
    key: 'add',
    depth: 2,
    ...changed(
      ['bio_iov_add_page', 'bio, page, len, offset'],
      ['bio_add_folio_nofail', 'bio, folio, len, off'],
    ),
  },
  {
    key: 'try-merge',
    depth: 3,
    before: { name: 'bvec_try_merge_page', parameters: 'bv, page, len, off, same_page' },
    after: null,
  },
  { key: 'new-vector', depth: 3, ...kept('__bio_add_page', 'bio, page, len, off') },
];
