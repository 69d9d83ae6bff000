"""What the processes of test_leases.py run: `jobs run` until it is told to stop."""

from app import create_app


def run(tells, config):
    """Tells when it begins, and how the command ended."""
    app = create_app(config)
    tells.send("begun")
    tells.send(app.test_cli_runner().invoke(args=["jobs", "run"]).exit_code)
