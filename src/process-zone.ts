/**
 * Makes the process live in UTC, whatever zone its machine has. date-fns-tz and chrono-node compute by way of the process's own zone, and
 * would be an hour off in the hour that its clocks skip. Imported first by every entry.
 */
process.env.TZ = "UTC";
