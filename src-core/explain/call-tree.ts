import type { CostModel } from '../cost/cost-model.ts';
import { showsExtracts } from '../cost/tracer.ts';
import type { Step } from '../counting/recorder.ts';
import { effectivePolicies } from '../strategy/effective.ts';
import type { Explanation } from './explain.ts';
import { BATCH_FOLIOS } from '../counting/walk-page-cache.ts';
import { shareOwnTimes } from './own-times.ts';
import type { OwnTimes } from './own-times.ts';

/** A call of a kernel function, or several equal ones in a row. */
export type CallNode = {
  readonly name: string;
  readonly count: number;
  /** Untraced time in the function itself. Unit: nanoseconds a call. */
  readonly ownNs: number;
  readonly children: readonly CallNode[];
};

type OpenNode = { name: string; count: number; ownNs: number; children: OpenNode[] };

function leaf(name: string, count: number, ownNs: number, children: OpenNode[] = []): OpenNode {
  return { name, count, ownNs, children };
}

/** Builds the tree while it reads the steps; the last open node takes the next call. */
class TreeBuilder {
  readonly roots: OpenNode[] = [];
  private readonly open: OpenNode[] = [];
  private readonly explanation: Explanation;
  private readonly own: OwnTimes;
  private readonly hasExtracts: boolean;
  private readonly hasBio: boolean;
  /** Folios that the current look-up in the page cache has found. */
  private foliosOfLookUp = 0;

  constructor(explanation: Explanation, own: OwnTimes) {
    this.explanation = explanation;
    this.own = own;
    this.hasBio = explanation.biosStarted > 0;
    this.hasExtracts = showsExtracts(explanation.tracer.build, explanation.biosStarted);
  }

  take(step: Step): void {
    const { own } = this;
    const isBefore = this.explanation.tracer.build === 'before';
    switch (step.kind) {
      case 'bio':
        this.enter('bio_iov_iter_get_pages', own.root);
        return;
      case 'extract':
        if (this.hasExtracts) this.enter('__bio_iov_iter_get_pages', 0);
        return;
      case 'gup':
        this.enterGup(isBefore);
        return;
      case 'slow':
        this.enter('__gup_longterm_locked', own.slow);
        return;
      case 'table':
        this.call('__pte_offset_map', 1, own.mapTable, [leaf('__rcu_read_lock', 1, 0)]);
        return;
      case 'table-end':
        this.call('__rcu_read_unlock', 1, own.unmapTable);
        return;
      case 'grab':
        this.grab(step.count, own.grab, this.explanation.strategy.policies.walk === 'fast');
        return;
      case 'slow-grab':
        if (this.isFromPageCache()) this.lookUp(step.count);
        else this.grab(step.count, own.slowGrab, false);
        return;
      case 'bvec':
        if (isBefore && this.hasBio) this.call('__bio_add_page', step.count, own.newVector);
        return;
      case 'merge':
        if (isBefore) this.call('bvec_try_merge_page', step.count, own.merge);
        return;
      case 'gup-end':
        this.leave(isBefore && this.isFastAndSlow() ? 2 : 1);
        return;
      case 'extract-end':
        if (this.hasExtracts) this.leave(1);
        return;
      case 'slow-end':
      case 'bio-end':
        this.leave(1);
        return;
      case 'allocate':
      case 'free':
      case 'stop':
      case 'fault':
        return;
      case 'migrate':
        this.foliosOfLookUp = 0;
    }
  }

  private isFromPageCache(): boolean {
    return this.explanation.strategy.policies.walk === 'page-cache';
  }

  /** Folios from the page cache: every batch of them is a call of its own. Source: SPEC rule MEMFD-1. */
  private lookUp(folios: number): void {
    for (let folio = 0; folio < folios; folio += 1) {
      if (this.foliosOfLookUp === BATCH_FOLIOS) {
        this.leave(1);
        this.enterGup(false);
      }
      this.foliosOfLookUp += 1;
      this.grab(1, this.own.slowGrab, false);
    }
  }

  private isFastAndSlow(): boolean {
    return this.explanation.strategy.policies.walk !== 'locked';
  }

  /** The fallback function holds the fast walk and calls the slow one. */
  private enterGup(isBefore: boolean): void {
    const { strategy, request } = this.explanation;
    const { walk, kind } = effectivePolicies(strategy.policies, request);
    const verb = kind === 'pin' ? 'pin' : 'get';
    this.foliosOfLookUp = 0;
    if (walk === 'page-cache') {
      this.enter('memfd_pin_folios', this.own.gup);
      return;
    }
    if (!isBefore) {
      this.enter(`${verb}_user_folios_fast`, this.own.gup);
      return;
    }
    if (walk === 'locked') {
      this.enter(`${verb}_user_pages`, this.own.gup);
      return;
    }
    this.enter(`${verb}_user_pages_fast`, 0);
    this.call('is_valid_gup_args', 1, 0);
    this.enter('gup_fast_fallback', this.own.gup);
  }

  private grab(count: number, ownNs: number, isAskedFor: boolean): void {
    const isPin = (this.explanation.ledger.grab.nodestat ?? 0) > 0;
    const counter = isPin ? [leaf('mod_node_page_state', 1, this.own.nodestat)] : [];
    for (let grab = 0; grab < count; grab += 1) {
      this.call('try_grab_folio', 1, ownNs, counter);
      if (isAskedFor) this.call('gup_fast_folio_allowed', 1, 0);
    }
  }

  private call(name: string, count: number, ownNs: number, children: OpenNode[] = []): void {
    const node = leaf(name, count, ownNs, children);
    const parent = this.open.at(-1);
    if (parent === undefined) this.roots.push(node);
    else parent.children.push(node);
  }

  private enter(name: string, ownNs: number): void {
    const node = leaf(name, 1, ownNs);
    const parent = this.open.at(-1);
    if (parent === undefined) this.roots.push(node);
    else parent.children.push(node);
    this.open.push(node);
  }

  private leave(levels: number): void {
    this.open.length -= Math.min(levels, this.open.length);
  }
}

/**
 * The functions that a trace of an I/O would show, from bio_iov_iter_get_pages() down, with the
 * untraced time each takes by the model.
 *
 * @source K. Kumar, LPC 2024, the two listings of the talk; SPEC rules TRC-2 to TRC-4.
 */
export function callTree(explanation: Explanation, model: CostModel): readonly CallNode[] {
  const builder = new TreeBuilder(explanation, shareOwnTimes(explanation, model));
  for (const step of explanation.steps) builder.take(step);
  return builder.roots;
}

/** Calls in a tree. */
export function countCalls(nodes: readonly CallNode[]): number {
  return nodes.reduce((sum, node) => sum + node.count * (1 + countCalls(node.children)), 0);
}
