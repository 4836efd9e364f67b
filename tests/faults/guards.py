"""Which lines of the logger guard against which fault. Without them its check fails: `test_guards` removes each."""

from tests.faults.without import Guard

TOLD_ONCE = Guard("told-once", "troubles", "if topic not in self._told:", "if True:")
WAITS = Guard(
    "waits",
    "writing.line_writer",
    "            self._backlog.add(line)\n            self._refused(error)\n",
    "            pass\n",
)
WAITS_ON = Guard(
    "waits-on",
    "writing.line_writer",
    "        self._backlog.add(line)\n        if self._troubles.strict",
    "        if self._troubles.strict",
)
RESUMES = Guard("resumes", "writing.line_writer", "or monotonic() >= self._retry_at:", "or False:")
TENDED = Guard("tended", "heartbeat", "                self._run_log.tend()\n", "")
REFUSAL = Guard(
    "refusal",
    "writing.line_writer",
    "            except OSError as error:\n                refusal = error\n",
    "            except ZeroDivisionError as error:\n                refusal = error\n",
)
REST = Guard("rest-of-a-line", "writing.line_writer", "begun=0 if self._interrupted else written", "begun=0")
VALUE = Guard(
    "value-by-value",
    "values",
    'with self._troubles.guard(f"value:{name}", f"cannot log {name!r}; it is written as null"):',
    "if True:",
)
SAYS = Guard(
    "says",
    "troubles",
    "    except Exception:  # noqa: BLE001 # no stderr",
    "    except ZeroDivisionError:  # noqa: BLE001 # no stderr",
)

GUARDS: dict[str, tuple[Guard, ...]] = {
    "disk-full": (WAITS_ON, REST),
    "file-size-limit": (WAITS_ON, REST),
    "room-again": (RESUMES,),
    "room-again-later": (TENDED,),
    "quota": (WAITS, TOLD_ONCE),
    "disk-stays-full": (
        Guard("bounded", "writing.backlog", "elif self._size + len(line) > LIMIT:", "elif False:"),
        Guard("paced", "writing.line_writer", "or monotonic() >= self._retry_at:", "or True:"),
        Guard("counted", "run", "        self._troubles.tell_losses()\n", ""),
    ),
    "read-only": (
        Guard("claim", "writing.run_log", "except OSError as error:", "except ZeroDivisionError as error:"),
        REFUSAL,
    ),
    "folder-deleted": (Guard("made-again", "writing.line_writer", "st_nlink == 0:", "st_nlink < 0:"),),
    "root-recreated": (
        Guard("made-again", "writing.line_writer", "st_nlink == 0:", "st_nlink < 0:"),
        TENDED,
        Guard("copied", "writing.line_writer", "_copy(old, new, there)", "pass"),
    ),
    "no-permission": (
        Guard("claim", "writing.run_log", "except OSError as error:", "except ZeroDivisionError as error:"),
        REFUSAL,
        Guard("counted", "writing.line_writer", "self._backlog.abandon())", "0)"),
    ),
    "no-descriptors-before": (REFUSAL,),
    "no-descriptors-after": (Guard("reserved", "run", "        self._files.metrics.reserve()\n", ""),),
    "slow-sync": (
        Guard("finish-waits-so-long", "writing.timed_sync", "self._thread.join(timeout)", "self._thread.join()"),
        Guard("closing-waits-for-nobody", "writing.line_writer", " and not self._syncing:", ":"),
    ),
    "timed-sync": (
        Guard("syncs", "writing.line_writer", "                os.fsync(self._descriptor)\n", "                pass\n"),
    ),
    "raising-values": (VALUE, Guard("null", "values", "                    flat.setdefault(name, None)\n", "")),
    "interrupts": (
        Guard(
            "not-swallowed", "troubles", "if not isinstance(error, Exception) or not self._quiet:", "if error is None:"
        ),
    ),
    "endless-values": (
        Guard("counted", "values", " or self.room <= 0:", ":"),
        Guard("around", "values", "if len(self.around) >= DEEPEST or id(container) in self.around or", "if"),
    ),
    "huge-text": (
        Guard("cut", "values", "if len(whole) > LONGEST_TEXT:", "if False:"),
        Guard("numbers-first", "run", "are_numbers(map(type, data.values()))", "True"),
    ),
    "surrogates": (
        Guard("replaced", "values", 'plain if plain.isascii() else plain.encode("utf-8", "replace").decode()', "plain"),
    ),
    "subclasses": (
        Guard("whole", "values", "value = int.__index__(value)", "value = int(value)"),
        Guard("real", "values", "value = float.__float__(value)", "value = float(value)"),
        Guard("text", "values", "str.__str__(value) if isinstance(value, str)", "value if isinstance(value, str)"),
    ),
    "numbers": (
        Guard("64-bits", "values", "if SMALLEST_INTEGER <= value <= LARGEST_INTEGER:", "if True:"),
        Guard(
            "overflow",
            "values",
            "        except OverflowError:\n            return INFINITY",
            "        except ZeroDivisionError:\n            return INFINITY",
        ),
        Guard("fractions", "values", "except OverflowError:  # a fraction", "except ZeroDivisionError:  # a fraction"),
        Guard(
            "long-complex",
            "arrays",
            'complex(plain) if hasattr(plain, "imag") and plain.imag else float(plain)',
            "float(plain)",
        ),
    ),
    "steps": (
        Guard("64-bits", "rows", "abs(whole) <= LARGEST_STEP", "True"),
        Guard("plain-64-bits", "run", "step <= LARGEST_STEP", "True"),
        Guard(
            "anything",
            "rows",
            "except Exception:  # noqa: BLE001 # of whatever the script took for a step",
            "except ValueError:",
        ),
    ),
    "no-memory": (
        Guard("value-by-value", "troubles", "if not isinstance(error, Exception) or not self._quiet:", "if True:"),
    ),
    "no-row": (
        Guard(
            "told",
            "run",
            '            self._troubles.report("log", "a row could not be logged", error)',
            "            raise",
        ),
        Guard("counted", "run", 'be logged", error)\n            self._unlogged += 1', 'be logged", error)'),
    ),
    "recursion-limit": (
        Guard(
            "not-raised", "run", "            if self._troubles.strict:\n                raise\n", "            raise\n"
        ),
    ),
    "clock-jumps": (Guard("monotonic", "heartbeat", "time.monotonic()", "time.time()"),),
    "streams-removed": (SAYS,),
    "streams-missing": (SAYS,),
    "streams-closed": (SAYS,),
    "broken-pipe": (SAYS,),
    "rude-stream": (SAYS,),
    "no-threads": (
        Guard(
            "one-by-one",
            "troubles",
            'with self.guard("thread", "no thread can be started, '
            'so less is captured and nothing is synced on a timer"):',
            "if True:",
        ),
    ),
    "sampler-raises": (
        Guard(
            "sign-of-life",
            "heartbeat",
            'with self._troubles.guard("system", "cannot read system metrics", background=True):\n            row',
            "if True:\n            row",
        ),
    ),
    "forks": (Guard("detached", "lifetime", "            run.detach()\n", "            pass\n"),),
    "at-exit": (Guard("finished-at-exit", "lifetime", "atexit.register(self._finish)", "pass"),),
    "after-finish": (Guard("told", "run", "            self._log_inactive(data)\n", "            pass\n"),),
    "signal-handler-logs": (
        Guard("number-still-free", "run", "number == self._step if step is None", "True if step is None"),
        Guard("re-entrant", "writing.line_writer", "threading.RLock()", "threading.Lock()"),
    ),
    "no-home": (
        Guard("nobody", "capture.environment", "except (ImportError, KeyError, OSError):", "except ImportError:"),
    ),
    "disabled-run-fails": (Guard("active", "run", "if error is not None and self._active:", "if error is not None:"),),
}

NOTHING_TO_REMOVE = {
    "many-keys": "rows have no limit of their own: no line is there for them",
    "logs-while-logged": "values are turned into JSON before the lock is taken: an order, not a line",
    "sampler-dies": "nothing waits for the thread, whose end goes unseen",
}
"""Faults that no line of the logger is there for, and why training goes on."""
