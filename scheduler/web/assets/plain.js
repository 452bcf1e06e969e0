// A document with nothing in it.

// Before there is any plan, numbers and dates are those of the browser.
export function plainDocument(more = {}) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { locale: "en-GB", time_zone: timeZone, origin: 0, end: 0, days: [], groups: [], labels: [], people: [], queues: [], cases: [], ...more };
}
