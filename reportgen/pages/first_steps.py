"""What a page says while there is nothing to show: how to log the first run."""

from html import escape

from reportgen.document import Block, Notice, Prose


def first_steps(project: str = "") -> tuple[Block, ...]:
    """The three lines that log a run, for an empty project or an empty folder."""
    name = escape(project or "my-project")
    code = (
        f'import reportgen\n\nrun = reportgen.init(project="{name}")\nrun.log({{"train/loss": 0.5}})\nrun.finish()'
    ).replace('"', "&quot;")
    return (
        Notice("info", "No runs yet"),
        Prose(
            "<p>Log one from any Python script, then build again with <code>reportgen build</code>:</p>"
            f"<pre><code>{code}</code></pre>"
        ),
    )
