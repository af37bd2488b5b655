import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ElementState } from "../form-state.ts";

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description: string | null;
  readonly group: string | null;
}

/** Where blocks stand: a message, a modal or the App Home. Elements read their state here and hand back what people do. */
export interface Surface {
  stateOf(blockId: string, actionId: string): ElementState | undefined;
  /** A new state of an element; with `dispatch`, the bot hears of it. */
  change(blockId: string, actionId: string, state: ElementState, options: { readonly dispatch: boolean }): void;
  /** A click on a button or an overflow option: it leaves no state behind. */
  click(blockId: string, actionId: string, element: Record<string, unknown>): void;
  options(blockId: string, actionId: string, text: string): Promise<readonly Choice[]>;
  /** True while the bot has this element's last act in hand. */
  isBusy(blockId: string, actionId: string): boolean;
  readonly errors: Readonly<Record<string, string>>;
}

const SurfaceContext = createContext<Surface | null>(null);
export const SurfaceProvider = SurfaceContext.Provider;

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error("A block was drawn on no surface.");
  return surface;
}

/** What every element is given: where it stands and what it is called for people who cannot see it. */
export interface Placement {
  readonly blockId: string;
  readonly actionId: string;
  readonly controlId: string;
  /** Label of the input block, or what describes an element that stands without one. */
  readonly name: string;
  /** False when a `<label>` names the control already. */
  readonly needsName: boolean;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  /** Whether a change is told to the bot: always outside input blocks, inside them when `dispatch_action` says so. */
  readonly dispatches: boolean;
}

export const nameOf = ({ name, needsName }: Placement): string | undefined => (needsName ? name : undefined);
