"use strict";
// Time from left to right. Hours of the day in which nobody works, on any day, and days on
// which nobody does take little of the room, so that the others have more.

const NIGHT = 0.1; // room of an idle hour, in hours
const CLOSED = 0.2; // of an hour of a day on which nobody works: its name has room
const AIR = 60; // minutes around work that keep their room
const SHORT_NIGHT = 180; // minutes; shorter ones stay as they are

const hoursShown = { knots: [[0, 0]], nights: [] }; // knots: a minute and its place

// The first and the last minute after a day's begin at which anybody works or is needed,
// and the days on which.
function workingHours() {
  let [first, last] = [Infinity, -Infinity];
  const busy = new Set();
  const take = (day, start, end) => {
    const { start: begin } = data.days[day];
    first = Math.min(first, end - begin > DAY ? 0 : start - begin); // or works into the next
    last = Math.max(last, end - begin);
    busy.add(day).add(dayOf(end - 1));
  };
  for (const { shifts } of data.people) {
    for (let i = 0; i < shifts.length; i += SHIFT) take(shifts[i], shifts[i + 1], shifts[i + 1] + shifts[i + 2]);
  }
  for (const queue of data.queues) {
    queue.starts.forEach((start, k) => queue.required[k] > 0 && take(dayOf(start), start, start + queue.minutes));
  }
  first = Math.max(0, first - AIR);
  last = Math.min(DAY, last + AIR);
  if (!busy.size) return { first: 0, last: DAY, busy: new Set(data.days.keys()) };
  return DAY - last + first < SHORT_NIGHT ? { first: 0, last: DAY, busy } : { first, last, busy };
}

// Looks which hours are idle, in the roster as it is now.
function layHours() {
  const { first, last, busy } = workingHours();
  const knots = [[0, 0]];
  const nights = [];
  const go = (minute, room) => {
    const [before, place] = knots.at(-1);
    if (minute > before) knots.push([minute, place + (minute - before) * room]);
  };
  data.days.forEach((day, d) => {
    const end = dayEnd(d);
    const [from, to] = busy.has(d) ? [day.start + first, Math.min(end, day.start + last)] : [end, end];
    go(from, busy.has(d) ? NIGHT : CLOSED);
    go(to, 1);
    go(end, NIGHT);
    nights.push([day.start, from], [to, end]);
  });
  Object.assign(hoursShown, { knots, nights: nights.filter(([start, end]) => end > start) });
}

// Between the knots, and beyond them an hour for an hour.
function alongKnots(value, from, to) {
  const { knots } = hoursShown;
  let low = 0;
  let high = knots.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle][from] <= value) low = middle;
    else high = middle;
  }
  const one = knots[low];
  const next = knots[low + 1];
  const slope = next && value > one[from] ? (next[to] - one[to]) / (next[from] - one[from]) : 1;
  return one[to] + (value - one[from]) * slope;
}

function placeOf(minute) {
  return alongKnots(minute, 0, 1);
}

function minuteAtPlace(place) {
  return alongKnots(place, 1, 0);
}

function isNight(minute) {
  return hoursShown.nights.some(([start, end]) => start <= minute && minute < end);
}

// What gives a minute's place on a picture that shows ``from`` to ``to``.
function acrossHours({ from, to, names, width }) {
  const start = placeOf(from);
  const scale = (width - names) / (placeOf(to) - start);
  return (minute) => names + (placeOf(minute) - start) * scale;
}
