import type { GuardedStep, Machine } from './machine.ts';
import type { RaceSetup } from './race-setup.ts';

/** One anonymous page of a process that reads into it by direct I/O, and forks. */
export type SharedPage = {
  /** The parent's page-table entry: writable means exclusive, read-only means shared with a child once. */
  readonly mapping: 'writable' | 'read-only';
  /** How far the lockless walk is: it has read the entry, taken a reference, verified it. */
  readonly reference: 'none' | 'seen' | 'grabbed' | 'held';
  /** Whether the page that was read, grabbed or held is not the one the parent maps now. */
  readonly isLeft: boolean;
  /** Whether a fork began since the entry was read: write_protect_seq differs. */
  readonly sawFork: boolean;
  readonly fork: 'none' | 'begun' | 'sharing' | 'copying' | 'ending';
  readonly child: 'none' | 'sharing' | 'own';
  /** What became of the device's bytes: none yet, where the parent sees them, in a page it left. */
  readonly data: 'none' | 'seen' | 'lost';
};

/** What the kernel does for pins. */
export type ForkRules = {
  /** Fork copies a page that may be pinned for the child at once. */
  readonly copiesPinned: boolean;
  /** The lockless walk does not start during a fork, and gives back what it took if one began. */
  readonly checksForkCounter: boolean;
};

type Changes = Partial<SharedPage>;

const isCounted = ({ reference }: SharedPage): boolean =>
  reference === 'grabbed' || reference === 'held';

const RELEASED = {
  reference: 'none',
  isLeft: false,
  sawFork: false,
  data: 'none',
} as const satisfies Changes;

/** A write fault of the parent: the page is used on if nobody else has a reference, else copied. */
function faultOfParent(page: SharedPage): Changes {
  const isOnlyUser = page.child !== 'sharing' && (page.isLeft || !isCounted(page));
  if (isOnlyUser) return { mapping: 'writable' };
  return {
    mapping: 'writable',
    child: page.child === 'sharing' ? 'own' : page.child,
    isLeft: page.reference !== 'none',
  };
}

function isVerified(page: SharedPage): boolean {
  return page.mapping === 'writable' && !page.isLeft && !page.sawFork;
}

/** The thread whose direct I/O reads into the page: the lockless walk, or a fault under the lock. */
function readerSteps({ checksForkCounter }: ForkRules): GuardedStep<SharedPage>[] {
  return [
    {
      actor: 'reader',
      name: 'read PTE',
      when: ({ reference, mapping, fork }) =>
        reference === 'none' && mapping === 'writable' && !(checksForkCounter && fork !== 'none'),
      then: () => ({ reference: 'seen' }),
    },
    {
      actor: 'reader',
      name: 'grab',
      when: ({ reference }) => reference === 'seen',
      then: () => ({ reference: 'grabbed' }),
    },
    {
      actor: 'reader',
      name: 'verify',
      when: (page) => page.reference === 'grabbed' && isVerified(page),
      then: () => ({ reference: 'held' }),
    },
    {
      actor: 'reader',
      name: 'give back',
      when: (page) => page.reference === 'grabbed' && !isVerified(page),
      then: () => RELEASED,
    },
    {
      actor: 'reader',
      name: 'fault and grab',
      when: ({ reference, mapping, fork }) =>
        reference === 'none' && mapping === 'read-only' && fork === 'none',
      then: (page) => ({ ...faultOfParent(page), reference: 'held' }),
    },
  ];
}

const isWalking = ({ reference }: SharedPage): boolean =>
  reference === 'seen' || reference === 'grabbed';

/** Another thread of the process forks. */
function forkSteps(isPin: boolean, rules: ForkRules): GuardedStep<SharedPage>[] {
  const mayBePinned = (page: SharedPage): boolean => isPin && isCounted(page) && !page.isLeft;
  return [
    {
      actor: 'parent',
      name: 'begin fork',
      when: ({ fork, child }) => fork === 'none' && child === 'none',
      then: (page) => ({
        fork: 'begun',
        sawFork: page.sawFork || (rules.checksForkCounter && isWalking(page)),
      }),
    },
    {
      actor: 'parent',
      name: 'look for pins',
      when: ({ fork }) => fork === 'begun',
      then: (page) => ({ fork: rules.copiesPinned && mayBePinned(page) ? 'copying' : 'sharing' }),
    },
    {
      actor: 'parent',
      name: 'share page',
      when: ({ fork }) => fork === 'sharing',
      then: () => ({ fork: 'ending', mapping: 'read-only', child: 'sharing' }),
    },
    {
      actor: 'parent',
      name: 'copy page',
      when: ({ fork }) => fork === 'copying',
      then: () => ({ fork: 'ending', child: 'own' }),
    },
    {
      actor: 'parent',
      name: 'end fork',
      when: ({ fork }) => fork === 'ending',
      then: () => ({ fork: 'none' }),
    },
  ];
}

/** The thread that forks stores to the page; where its entry is writable nothing changes. */
const STORE: GuardedStep<SharedPage> = {
  actor: 'parent',
  name: 'store',
  when: ({ fork, mapping }) => fork === 'none' && mapping === 'read-only',
  then: faultOfParent,
};

/** The device fills the page; the driver gives it back. */
const DRIVER_STEPS: readonly GuardedStep<SharedPage>[] = [
  {
    actor: 'driver',
    name: 'DMA write',
    when: ({ reference }) => reference === 'held',
    then: ({ isLeft }) => ({ data: isLeft ? 'lost' : 'seen' }),
  },
  {
    actor: 'driver',
    name: 'release',
    when: ({ reference }) => reference === 'held',
    then: () => RELEASED,
  },
];

const CHILD_STEPS: readonly GuardedStep<SharedPage>[] = [
  {
    actor: 'child',
    name: 'store',
    when: ({ fork, child }) => fork === 'none' && child === 'sharing',
    then: () => ({ child: 'own' }),
  },
  {
    actor: 'child',
    name: 'exit',
    when: ({ fork, child }) => fork === 'none' && child !== 'none',
    then: () => ({ child: 'none' }),
  },
];

const FORK_TEXTS: Readonly<Record<SharedPage['fork'], readonly string[]>> = {
  none: [],
  begun: ['fork begun'],
  sharing: ['fork will share'],
  copying: ['fork will copy'],
  ending: ['fork ending'],
};

const CHILD_TEXTS: Readonly<Record<SharedPage['child'], readonly string[]>> = {
  none: [],
  sharing: ['child shares it'],
  own: ['child has its own'],
};

/** The page in words, from where the parent stands. */
function textOfPage(page: SharedPage, reference: RaceSetup['reference']): string {
  const stages = {
    none: '',
    seen: 'PTE read',
    grabbed: `${reference} unverified`,
    held: reference,
  };
  const words = [
    page.mapping,
    ...(page.reference === 'none'
      ? []
      : [`${stages[page.reference]}${page.isLeft ? ' of the old page' : ''}`]),
    ...FORK_TEXTS[page.fork],
    ...(page.sawFork ? ['fork counter changed'] : []),
    ...CHILD_TEXTS[page.child],
    ...(page.data === 'none' ? [] : [`DMA data ${page.data}`]),
  ];
  return words.join(', ');
}

/** The kernel's rules by the name a user gives them. */
function forkRules({ reference, rules }: RaceSetup): ForkRules {
  const looksAtPins = reference === 'pin' && rules === 'v7.1';
  return { copiesPinned: looksAtPins, checksForkCounter: looksAtPins };
}

/**
 * Copy-on-write against direct I/O: a device fills an anonymous page, while the process forks and
 * stores to it.
 *
 * @param rules  What the kernel does for pins; by default what the setup's rules say.
 * @source SPEC rules RACE-10 to RACE-14; Linux 7.1 mm/gup.c gup_fast(), mm/memory.c copy_present_ptes().
 */
export function forkCowMachine(
  setup: RaceSetup,
  rules: ForkRules = forkRules(setup),
): Machine<SharedPage> {
  const { reference } = setup;
  return {
    actors: ['reader', 'parent', 'driver', 'child'],
    start: {
      mapping: 'writable',
      reference: 'none',
      isLeft: false,
      sawFork: false,
      fork: 'none',
      child: 'none',
      data: 'none',
    },
    steps: [
      ...readerSteps(rules),
      ...forkSteps(reference === 'pin', rules),
      STORE,
      ...DRIVER_STEPS,
      ...CHILD_STEPS,
    ],
    invariants: [
      {
        kind: 'lost-data',
        meaning: 'the device has filled a page that the parent does not map any more',
        isBroken: ({ data }) => data === 'lost',
      },
    ],
    isOver: () => false,
    textOf: (page) => textOfPage(page, reference),
  };
}
