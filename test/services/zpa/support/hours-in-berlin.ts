/** Working hours as ZPA keeps them while Berlin is two hours ahead of UTC. */
export const hoursInBerlin = {
  startTimeCron: "0 0 7 ? * MON,TUE",
  endTimeCron: "0 0 15 ? * MON,TUE",
  startTime: "09:00",
  endTime: "17:00",
  days: ["MON", "TUE"],
  timeZone: "Europe/Berlin",
};
