"use strict";
// The data of the page, and the one place that writes numbers and dates.

let data = null;
const UNKNOWN = "not known";
const DAY = 1440; // minutes

const numberFormats = new Map();

function number(value, digits = 0) {
  if (value === null || value === undefined) return UNKNOWN;
  if (!numberFormats.has(digits)) {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    numberFormats.set(digits, new Intl.NumberFormat(data.locale, options));
  }
  const rounded = Number(value.toFixed(digits));
  return numberFormats.get(digits).format(rounded === 0 ? 0 : rounded); // no minus zero
}

// A few people, cases or hours: decimals only where they tell something.
function some(value) {
  if (value === null || value === undefined) return UNKNOWN;
  const size = Math.abs(value);
  return number(value, size >= 100 || Math.abs(value - Math.round(value)) < 0.005 ? 0 : size >= 1 ? 1 : 2);
}

function percent(value, digits = 1) {
  return value === null || value === undefined ? UNKNOWN : `${number(100 * value, digits)}\u00a0%`;
}

// Beside an axis: decimals only where there are any.
function percentTick(value) {
  return percent(value, Math.abs(100 * value - Math.round(100 * value)) < 0.005 ? 0 : 1);
}

function hours(value) {
  return value === null || value === undefined ? UNKNOWN : `${number(value, Math.abs(value) < 100 ? 1 : 0)}\u00a0h`;
}

function signed(value, digits = 1) {
  const text = number(value, digits).replace("-", "−");
  return value > 0 && text !== number(0, digits) ? `+${text}` : text;
}

function plural(count, noun, nouns = `${noun}s`) {
  return `${some(count)} ${count === 1 ? noun : nouns}`;
}

// A note as a sentence begins; one that begins with the name of a file, or the like, as it is.
function noteText(text) {
  return text.replace(/^\p{Ll}+(?=[ ,])/u, (word) => word.charAt(0).toLocaleUpperCase() + word.slice(1));
}

function clockFormat(options) {
  return new Intl.DateTimeFormat(data.locale, { timeZone: data.time_zone, ...options });
}

let timeFormat, weekdayFormat, dayFormat, numberOfDay, dateFormat, longFormat;

// Everything from here on tells of another document.
function useData(told) {
  data = told;
  numberFormats.clear();
  clockTexts.clear();
  timeFormat = clockFormat({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  weekdayFormat = clockFormat({ weekday: "short" });
  dayFormat = clockFormat({ weekday: "short", day: "numeric" });
  numberOfDay = clockFormat({ day: "numeric" });
  dateFormat = clockFormat({ weekday: "short", day: "numeric", month: "short" });
  longFormat = clockFormat({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

function instant(minute) {
  return new Date(data.origin + minute * 60000);
}

const clockTexts = new Map();

function clock(minute) {
  if (!clockTexts.has(minute)) clockTexts.set(minute, timeFormat.format(instant(minute)));
  return clockTexts.get(minute);
}

function moment(minute) {
  return `${dateFormat.format(instant(minute))}, ${clock(minute)}`;
}

function momentOf(text) {
  return moment((Date.parse(text) - data.origin) / 60000);
}

function minuteOfDay(minute) {
  const [hour, rest] = clock(minute).split(":");
  return 60 * Number(hour) + Number(rest);
}

// Days are told by their noon, which no clock change touches.
function noon(day) {
  return instant(data.days[day].start + DAY / 2);
}

function dayName(day) {
  return dayFormat.format(noon(day));
}

// As short as there is room for.
function dayTick(day) {
  return window.innerWidth < 560 && data.days.length <= 7 ? weekdayFormat.format(noon(day)) : dayName(day);
}

// Every how many days an axis has a label.
function dayStep() {
  const days = data.days.length;
  return days <= 7 ? 1 : days <= 14 ? 2 : 7 * Math.ceil(days / 70);
}

function dayDate(day) {
  return dateFormat.format(noon(day));
}

function dayLong(day) {
  return longFormat.format(noon(day));
}

function dayEnd(day) {
  return day + 1 < data.days.length ? data.days[day + 1].start : data.end;
}

function dayOf(minute) {
  let day = data.days.length - 1;
  while (day > 0 && data.days[day].start > minute) day -= 1;
  return day;
}

function dateText(text) {
  const day = data.days.findIndex((each) => each.date === text);
  return day >= 0 ? dayDate(day) : text;
}

function isWeekend(day) {
  return [0, 6].includes(new Date(`${data.days[day].date}T12:00:00Z`).getUTCDay());
}

function sum(values) {
  return values.reduce((total, value) => total + (value ?? 0), 0);
}
