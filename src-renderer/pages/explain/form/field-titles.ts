const TITLES: Readonly<Record<string, string>> = {
  layout: 'Memory',
  'layout.size': 'Size',
  'layout.order': 'Folios',
  'layout.weights': 'Folios',
  'layout.orders': 'Folios',
  'layout.zone': 'Zone',
  'layout.occupancy': 'Memory in use',
  'layout.fragmentation': 'Fragmentation',
  'layout.frames': 'Frames',
  'layout.leaf': 'Mapped by',
  'layout.misalignment': 'Misalignment',
  'layout.flags': 'Flags',
  'layout.seed': 'Seed',
  api: 'API',
  op: 'Operation',
  path: 'Path',
  caches: 'Cache',
  offset: 'Offset',
  length: 'Length',
  'pages-per-call': 'Pages a call',
  'cost-model': 'Cost model',
  tracer: 'Tracer',
};

const SIDES: Readonly<Record<string, string>> = { strategy: 'Strategy A', beside: 'Strategy B' };

/** A field as the form calls it: `Offset`, `Strategy B, policy walk`. */
export function fieldTitle(field: string): string {
  const known = TITLES[field];
  if (known !== undefined) return known;
  const [side = '', group, name] = field.split('.');
  const title = SIDES[side] ?? field;
  if (group === 'param') return `${title}, ${name ?? ''}`;
  if (group === 'policy')
    return name === undefined ? `${title}, policies` : `${title}, policy ${name}`;
  return title;
}
