/**
 * Functions that other kernels call by another name, or that have taken their place, and what the model
 * calls them.
 *
 * @source Linux 5.17 mm/gup.c try_grab_compound_head(); 6.9 mm/gup.c internal_get_user_pages_fast(),
 * folio_fast_pin_allowed(); 6.11 mm/gup.c try_grab_folio_fast(); 6.6 block/bio.c __bio_try_merge_page();
 * 6.16 include/linux/mm.h, where __pte_offset_map() is inlined into callers of ___pte_offset_map().
 */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  internal_get_user_pages_fast: 'gup_fast_fallback',
  folio_fast_pin_allowed: 'gup_fast_folio_allowed',
  try_grab_folio_fast: 'try_grab_folio',
  try_grab_compound_head: 'try_grab_folio',
  __bio_try_merge_page: 'bvec_try_merge_page',
  ___pte_offset_map: '__pte_offset_map',
};

/** What compilers append to copies of a function. */
const COPY_SUFFIX = /(?:\.(?:isra|constprop|part|cold|llvm)(?:\.\d+)?)+$/;

/** The name by which the model knows a function of any kernel; the name itself where it knows none. */
export function modelName(name: string): string {
  const plain = name.replace(COPY_SUFFIX, '');
  return Object.hasOwn(OTHER_NAMES, plain) ? (OTHER_NAMES[plain] ?? plain) : plain;
}
