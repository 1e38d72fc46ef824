"""Stories: told by a seed, told again from their moves, and cut down to what is needed for the fault they show."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.messages import Refusal
from tests.law.hostile.bureau import PEOPLE, Bureau, in_memory
from tests.law.hostile.officer import Move, Officer
from tests.law.hostile.oracle import CHINA
from tests.law.hostile.watch import Violation, Watch

MOVES = 60


@dataclass
class Story:
    """What was tried, what came of each, and what must hold and did not."""

    first: datetime
    moves: list[Move] = field(default_factory=list)
    answers: list[Refusal | None] = field(default_factory=list)
    fault: Violation | None = None

    def lines(self) -> list[str]:
        """The story as a person reads it."""
        told = []
        for n, move in enumerate(self.moves):
            answer = self.answers[n] if n < len(self.answers) else None
            came = "" if n >= len(self.answers) else "✓" if answer is None else f"✗ {answer.slug} {answer.detail}"
            letters = "" if move.letters is None else f" letters {list(move.letters)}"
            when = f"{move.when.astimezone(CHINA):%Y-%m-%d %H:%M}"
            told.append(f"{when} {move.kind} {move.n + 1}: {move.who} {move.step} {move.form}{letters} {came}")
        return [*told, f"→ {self.fault}"]


def told_by(seed: str, many: int = MOVES, number: int = 1) -> tuple[Story, Bureau]:
    """A new story of that seed, in a bureau whose matters are numbered from there on."""
    first = Officer.first(seed)
    bureau = Bureau(first, first=number)
    officer = Officer(seed, bureau)
    story = Story(first)
    return _told(story, bureau, officer.moves(many)), bureau


def told_again(first: datetime, moves: Iterable[Move]) -> tuple[Story, Bureau]:
    """The same moves once more, as far as they still make sense."""
    bureau = Bureau(first)
    return _told(Story(first), bureau, moves), bureau


def _told(story: Story, bureau: Bureau, moves: Iterable[Move]) -> Story:
    watch = Watch(bureau)
    with in_memory(bureau):
        try:
            for move in moves:
                story.moves.append(move)
                _take(story, bureau, watch, move)
            bureau.deliver_all()
            watch.look()
            # What is owed is owed later too.
            bureau.pass_time(bureau.now + timedelta(days=1))
            watch.look()
        except Violation as fault:
            story.fault = fault
        except NotImplementedError as error:
            story.fault = Violation("the bureau in memory knows what is asked", type(error).__name__, str(error)[:300])
        except Exception as error:  # noqa: BLE001 - the product may not raise, whatever it is asked
            story.fault = Violation("refusals are problems", type(error).__name__, str(error)[:300])
            story.fault.__cause__ = error
    return story


def _take(story: Story, bureau: Bureau, watch: Watch, move: Move) -> None:
    if move.when > bureau.now:
        bureau.pass_time(move.when)
        watch.look()
    numbers = [number for number, matter in bureau.matters.items() if matter.kind is move.kind]
    if move.opens:
        opened = bureau.open(move.kind, move.form, PEOPLE[move.who])
        answer = opened if isinstance(opened, Refusal) else None
    else:
        number = numbers[move.n] if move.n < len(numbers) else f"{move.kind.prefix}0"
        before = _standing(bureau)
        answer = bureau.submit(number, move.step, move.form, PEOPLE[move.who])
        if answer:
            watch.refused(answer)
            if _standing(bureau) != before:
                raise Violation("a refusal changes nothing", number, move.step)
    story.answers.append(answer)
    _letters(bureau, move)
    watch.look()


def _standing(bureau: Bureau) -> tuple[object, ...]:
    memory = bureau.memory
    return tuple(memory.chains.values()), sum(map(len, memory.facts.values())), sum(map(len, memory.clocks.values()))


def _letters(bureau: Bureau, move: Move) -> None:
    if move.letters is None:
        bureau.deliver_all()
    for place in move.letters or ():
        if bureau.mail:
            bureau.deliver(place % len(bureau.mail))


def cut_down(story: Story, again: Callable[[datetime, Sequence[Move]], Story] | None = None) -> Story:
    """The shortest story found, by leaving moves out, that shows the same fault."""
    retell = again or (lambda first, moves: told_again(first, moves)[0])
    assert story.fault
    best, size = story, len(story.moves)
    while size := size // 2 if size > 1 else 0:
        shorter = True
        while shorter:
            shorter, place = False, 0
            while place < len(best.moves):
                tried = retell(story.first, [*best.moves[:place], *best.moves[place + size :]])
                if tried.fault and tried.fault.rule == story.fault.rule:
                    best, shorter = tried, True
                else:
                    place += size
    return best
