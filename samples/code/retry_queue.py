"""A queue that tries failed jobs again."""

import heapq
import random
from dataclasses import dataclass, field

FIRST_DELAY_SECONDS = 2
LONGEST_DELAY_SECONDS = 300
MAX_ATTEMPTS = 6


@dataclass(order=True)
class Job:
    """A unit of work and the moment when it is due."""

    due: float
    name: str = field(compare=False)
    attempts: int = field(default=0, compare=False)


class RetryQueue:
    """Holds jobs until they are due. Not safe for threads: one worker owns it."""

    def __init__(self, clock):
        self._clock = clock
        self._jobs = []
        self.dead = []

    def put(self, name):
        """Add a job that is due at once."""
        heapq.heappush(self._jobs, Job(self._clock(), name))

    def fail(self, job):
        """Put a failed job back.

        The retry queue waits two seconds before it tries a job again and doubles the wait after every
        further failure, up to five minutes. After six attempts the job moves to the dead letters.
        """
        job.attempts += 1
        if job.attempts >= MAX_ATTEMPTS:
            self.dead.append(job)
            return
        job.due = self._clock() + self.delay(job.attempts)
        heapq.heappush(self._jobs, job)

    @staticmethod
    def delay(attempts):
        """Seconds to wait: exponential, with up to ten percent of jitter so that clients do not return together."""
        base = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** (attempts - 1))
        return base * (1 + random.random() / 10)

    def take(self):
        """Return the next job that is due, or None."""
        if self._jobs and self._jobs[0].due <= self._clock():
            return heapq.heappop(self._jobs)
        return None
