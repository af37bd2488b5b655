import { startPostgres } from "../test/support/postgres.ts";
import { type LaneOptions, type Round, runLane, type Step } from "./faults/lane.ts";

/**
 * Rounds of create, amend and end in which the bot is killed, ZPA breaks, or the database's connections are cut, at every labelled point;
 * on PGlite, and on PostgreSQL with two replicas. After each round exactly the intended privileged approvals stand, and every card says so.
 */
export async function bench({ json }: { readonly json: boolean }): Promise<Record<string, unknown>> {
  const rounds: Round[] = [];
  const onRound = (round: Round): void => {
    rounds.push(round);
    if (json) console.log(JSON.stringify(round));
    else console.log(`${round.database}: ${round.fault} at ${round.point}: ${round.verdict} (${round.seconds} s) ${round.detail}`);
  };
  const lane = (name: string, databaseUrl: string | null, ...steps: Step[]): LaneOptions => ({
    name,
    databaseUrl,
    replicas: databaseUrl === null ? 1 : 2,
    steps,
    onRound,
  });
  const postgres = await startPostgres();
  try {
    await Promise.all([
      runLane(lane("PGlite", null, "create", "amend", "end")),
      runLane(lane("PostgreSQL, two replicas", await postgres.newDatabase(), "create")),
      runLane(lane("PostgreSQL, two replicas", await postgres.newDatabase(), "amend", "end")),
    ]);
  } finally {
    await postgres.stop();
  }
  const count = (verdict: Round["verdict"]): number => rounds.filter((round) => round.verdict === verdict).length;
  return {
    bench: "faults",
    rounds: rounds.length,
    lost: count("lost"),
    duplicate: count("duplicate"),
    wrongState: count("wrong state") + count("wrong cards"),
  };
}
