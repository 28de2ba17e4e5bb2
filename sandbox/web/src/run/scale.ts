/** Time across the chart, in milliseconds since 1970; places are percent of its width. */
export interface Scale {
  at(time: number): number;
  /** Where time is left out: the place of the break, before `from` or after `to`. */
  breaks: number[];
  ticks: number[];
}

interface Extent {
  from: number;
  to: number;
  /** Times that are to be seen, however far away. */
  marks: readonly number[];
  /** What ticks are counted from. */
  origin: number;
}

const minute = 60_000;
const steps = [0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * minute);
const mostTicks = 5;
/** A mark farther away than this part of the whole stands beyond a break. */
const near = 0.5;
/** Percent that what lies beyond a break is given. */
const margin = 12;

/** Ends at whole ticks, so that it stays where it is while time goes by. */
export function scaleOf({ from, to, marks, origin }: Extent): Scale {
  const span = Math.max(minute, to - from);
  const close = marks.filter((mark) => mark >= from - span * near && mark <= to + span * near);
  const first = Math.min(from, ...close);
  const last = Math.max(from + span, ...close);
  const step = steps.find((one) => (last - first) / one <= mostTicks) ?? Math.ceil((last - first) / mostTicks);
  const begin = origin + Math.floor((first - origin) / step) * step;
  const end = origin + Math.ceil((last - origin + step / 8) / step) * step;
  const before = marks.filter((mark) => mark < begin);
  const after = marks.filter((mark) => mark > end);
  const left = before.length > 0 ? margin : 0;
  const right = after.length > 0 ? margin : 0;
  const width = 100 - left - right;
  const ticks = Array.from({ length: Math.round((end - begin) / step) + 1 }, (_, index) => begin + index * step);
  return {
    at: (time) => {
      if (time < begin && left > 0) return beyond(before.filter((mark) => mark <= time).length, before.length);
      if (time > end && right > 0) return 100 - beyond(after.filter((mark) => mark >= time).length, after.length);
      const part = Math.min(1, Math.max(0, (time - begin) / (end - begin)));
      return Math.round((left + part * width) * 100) / 100;
    },
    breaks: [...(left > 0 ? [(left * 2) / 3] : []), ...(right > 0 ? [100 - (right * 2) / 3] : [])],
    ticks,
  };
}

/** Marks beyond a break stand apart in their order, the outermost first: percent from the rim. */
function beyond(rank: number, count: number): number {
  return Math.round((((margin * 2) / 3) * rank * 100) / (count + 1)) / 100;
}
