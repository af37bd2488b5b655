import { fsyncSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { z } from "zod";

/** PGlite starts PostgreSQL with -F (no fsync), and Emscripten's fdatasync does nothing. */
export const durableStartParams: string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...["-c", "wal_sync_method=fsync"],
];

type Init = Parameters<NodeFS["init"]>;

const emscripten = z.object({
  FS: z.object({
    filesystems: z.object({ NODEFS: z.object({ stream_ops: z.record(z.string(), z.unknown()) }) }),
  }),
});

const stream = z.object({ nfd: z.number() });

/**
 * A folder on disk whose fsync is a real one. Emscripten's NODEFS has no fsync, so PostgreSQL's would quietly do nothing and a
 * commit would live in the page cache until the kernel gets round to it: safe from `kill -9`, not from a power cut.
 */
export class DurableFolder extends NodeFS {
  override async init(...[pg, options]: Init): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pg, options);
    const giveFsync = (module: unknown): void => {
      // zod copies what it parses; the functions go onto the object itself.
      emscripten.parse(module);
      Object.assign((module as z.infer<typeof emscripten>).FS.filesystems.NODEFS.stream_ops, {
        fsync: (opened: unknown): number => {
          fsyncSync(stream.parse(opened).nfd);
          return 0;
        },
      });
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), giveFsync] } };
  }
}
