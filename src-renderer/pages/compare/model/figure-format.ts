import type { FigureUnit } from '#contract';
import { formatBytes, formatChange, formatCount, formatNs } from '../../../format.ts';
import type { Certainty, Change } from './differences.ts';
import type { Metric } from './metrics.ts';

/** How the table tells how far a figure is from the baseline. */
export const CHANGE_FORMS = ['percent', 'absolute', 'interval', 'none'] as const;
export type ChangeForm = (typeof CHANGE_FORMS)[number];

const FORMATS: Readonly<Record<FigureUnit, (value: number | null) => string>> = {
  ns: formatNs,
  bytes: formatBytes,
  count: formatCount,
};

/** A figure with the unit that suits it. */
export function figureWithUnit(value: number | null, unit: FigureUnit): string {
  return FORMATS[unit](value);
}

function signed(value: number, unit: FigureUnit): string {
  return `${value > 0 ? '+' : ''}${figureWithUnit(value, unit)}`;
}

/** `−84.3 … −84.1 %`: the unit once, where both ends share it. */
function intervalText({ lower, upper }: Certainty, base: number, unit: FigureUnit): string {
  const text = (value: number): string =>
    base === 0 ? signed(value, unit) : formatChange(value / base);
  const [first, last] = [text(lower), text(upper)];
  if (first === last) return first;
  const unitOf = (figure: string): string => figure.slice(figure.lastIndexOf(' '));
  return unitOf(first) === unitOf(last)
    ? `${first.slice(0, first.lastIndexOf(' '))} … ${last}`
    : `${first} … ${last}`;
}

/** What is known of one figure against the baseline. */
export type ChangeReading = {
  readonly change: Change;
  /** Null for too few replicates, and while it is still being worked out. */
  readonly certainty: Certainty | null;
  readonly hasReplicates: boolean;
  readonly unit: FigureUnit;
};

function baseOf({ delta, share }: Change): number {
  return share === null || share === 0 ? 0 : delta / share;
}

/**
 * `+12.3 %`, `=`, `−40 ns ~`. `~`: within chance; `?`: one replicate cannot tell.
 *
 * @param marksDoubt  Off where no figure has replicates, and the mark would tell nothing apart.
 */
export function changeText(reading: ChangeReading, form: ChangeForm, marksDoubt = true): string {
  const { change, certainty, hasReplicates, unit } = reading;
  if (form === 'none') return '';
  if (change.delta === 0) return '=';
  if (form === 'interval' && certainty !== null) {
    const text = intervalText(certainty, baseOf(change), unit);
    return certainty.isIndistinguishable ? `${text} ~` : text;
  }
  const isAbsolute = form === 'absolute' || change.share === null;
  const text = isAbsolute ? signed(change.delta, unit) : formatChange(change.share);
  if (!hasReplicates) return marksDoubt ? `${text} ?` : text;
  return certainty?.isIndistinguishable === true ? `${text} ~` : text;
}

/** Less than this share is shown as none. */
const LEAST_SHARE = 0.0005;

export type ChangeTone = 'good' | 'bad' | 'neutral';

/** Whether a change is for the better; what chance may have made is neither. */
export function changeTone({ change, certainty }: ChangeReading, metric: Metric): ChangeTone {
  const isNeutral =
    change.delta === 0 ||
    Math.abs(change.share ?? 1) < LEAST_SHARE ||
    metric.better === 'neither' ||
    certainty?.isIndistinguishable === true;
  if (isNeutral) return 'neutral';
  return change.delta < 0 === (metric.better === 'less') ? 'good' : 'bad';
}

/** The same in a sentence, for a hint. */
export function changeSentence(reading: ChangeReading, tone: ChangeTone): string {
  const { change, certainty, hasReplicates, unit } = reading;
  const share = change.share === null ? '' : ` (${formatChange(change.share)})`;
  const judged = tone === 'neutral' ? '' : tone === 'good' ? ', better' : ', worse';
  const size = `${signed(change.delta, unit)}${share} against the baseline${judged}`;
  if (certainty !== null) {
    const verdict = certainty.isIndistinguishable ? 'within chance' : 'beyond chance';
    return `${size}; 95 % interval ${signed(certainty.lower, unit)} to ${signed(certainty.upper, unit)}, ${verdict}`;
  }
  return hasReplicates ? size : `${size}; one replicate cannot tell it from chance`;
}
