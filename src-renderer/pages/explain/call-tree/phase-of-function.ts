/** Functions by the phase they work in; all others walk. */
const PHASES = [
  { phase: 'add', names: /^(?:__)?(?:bio|bvec)_/ },
  { phase: 'grab', names: /^try_grab_folio$|^gup_fast_folio_allowed$|^mod_node_page_state$/ },
] as const;

/** The phase a function of the call tree works in, what it calls left aside. */
export function phaseOfFunction(name: string): 'walk' | 'grab' | 'add' {
  return PHASES.find(({ names }) => names.test(name))?.phase ?? 'walk';
}
