import { randomBytes } from 'node:crypto';

/** How long a session lives without a request: thirty minutes. */
export const IDLE_MINUTES = 30;

/** One signed-in browser. */
export interface Session {
  id: string;
  user: string;
  lastSeen: number;
}

/** Keeps sessions in memory. A restart signs everybody out. */
export class SessionStore {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly now: () => number) {}

  /** Opens a session with an identifier of 32 random bytes, written in hexadecimal. */
  open(user: string): Session {
    const session = { id: randomBytes(32).toString('hex'), user, lastSeen: this.now() };
    this.sessions.set(session.id, session);
    return session;
  }

  /** Returns the session and marks it as seen; an idle one is removed and undefined is returned. */
  touch(id: string): Session | undefined {
    const session = this.sessions.get(id);
    if (session && this.now() - session.lastSeen > IDLE_MINUTES * 60_000) {
      this.sessions.delete(id);
      return undefined;
    }
    if (session) {
      session.lastSeen = this.now();
    }
    return session;
  }

  /** Signs a user out of all browsers, for example after a change of the password. */
  closeAll(user: string): number {
    let closed = 0;
    for (const [id, session] of this.sessions) {
      if (session.user === user) {
        this.sessions.delete(id);
        closed++;
      }
    }
    return closed;
  }
}
