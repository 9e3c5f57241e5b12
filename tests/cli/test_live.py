"""`run`, `doctor`, `invite`: against Discord on the loopback address; settings and their mistakes."""

import asyncio
import json
import signal

import pytest

from tests.cli.program import Program, stop
from tests.loopback import APPLICATION_ID, TOKEN, Loopback

WRONG = TOKEN.replace("loop", "wrong")


class TestRun:
    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
    async def test_it_runs_syncs_once_and_ends_within_five_seconds(
        self, sidenote: Program, how: signal.Signals
    ) -> None:
        async with Loopback() as discord:
            for _ in range(2):
                discord.ready.clear()
                process = await sidenote.start(
                    "run", SIDENOTE_TOKEN=TOKEN, SIDENOTE_LOG__FORMAT="json", **discord.env()
                )
                await asyncio.wait_for(discord.ready.wait(), 20)
                done = await stop(process, how)
                assert done.status == (0 if how is signal.SIGTERM else 130), done.err
                assert all("time" in json.loads(line) for line in done.err.splitlines() if line != "Interrupted.")
                assert TOKEN not in done.out + done.err
            assert discord.commands == 1

    async def test_a_token_that_discord_refuses(self, sidenote: Program) -> None:
        async with Loopback() as discord:
            done = await sidenote("run", SIDENOTE_TOKEN=WRONG, **discord.env())
        assert done.status == 2
        assert "Discord does not accept the token." in done.err
        assert WRONG not in done.out + done.err

    async def test_a_missing_intent(self, sidenote: Program) -> None:
        async with Loopback(intents_allowed=False) as discord:
            done = await sidenote("run", SIDENOTE_TOKEN=TOKEN, **discord.env())
        assert done.status == 2
        assert "Switch on “Message Content Intent”" in done.err

    async def test_no_network(self, sidenote: Program) -> None:
        async with Loopback() as discord:
            closed = discord.env()
        done = await sidenote("run", SIDENOTE_TOKEN=TOKEN, **closed)
        assert done.status == 1
        assert "Discord cannot be reached" in done.err

    @pytest.mark.parametrize(
        ("env", "says"),
        [
            ({}, "There is no token. Set SIDENOTE_TOKEN"),
            ({"SIDENOTE_TOKEN": "secret-words"}, "does not hold a bot token"),
            ({"SIDENOTE_TOKEN": "a.b.c"}, "does not hold a bot token"),
            ({"SIDENOTE_TOKEN_FILE": "none"}, "The token file none (SIDENOTE_TOKEN_FILE) cannot be read"),
            ({"SIDENOTE_TOKN": "secret-words"}, "SIDENOTE_TOKN in the environment is no setting"),
            ({"SIDENOTE_LOG__FORMAT": "secret-words"}, "SIDENOTE_LOG__FORMAT in the environment cannot be used"),
            ({"SIDENOTE_LOG__COLOUR": "red"}, "SIDENOTE_LOG__COLOUR in the environment is no setting"),
            ({"SIDENOTE_LOG": "secret-words"}, "SIDENOTE_LOG in the environment"),
            ({"SIDENOTE_DATABASE__BUSY_TIMEOUT_MS": "secret-words"}, "SIDENOTE_DATABASE__BUSY_TIMEOUT_MS"),
            ({"SIDENOTE_LOCALE__LANGUAGE": "xx", "SIDENOTE_TOKEN": TOKEN}, "there are no words in xx"),
        ],
        ids=lambda x: str(x)[:30],
    )
    async def test_a_wrong_setting_is_one_sentence(self, sidenote: Program, env: dict[str, str], says: str) -> None:
        done = await sidenote("run", **env)
        assert done.status == 2
        assert says in done.err
        assert len(done.err.splitlines()) == 1
        assert "secret-words" not in done.err + done.out


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "text", "says"),
        [
            ("sidenote.toml", "[log]\nformat = 5", "log.format in"),
            ("sidenote.toml", "[log]\n\ncolour = 1", "sidenote.toml, line 3: log.colour is no setting"),
            ("sidenote.toml", "token = 'secret-words'", "line 1: token does not belong into a file"),
            ("sidenote.toml", "[log", "sidenote.toml cannot be read"),
            (".env", "SIDENOTE_LOG__FORMAT=secret-words", "SIDENOTE_LOG__FORMAT in .env cannot be used"),
            (".env", "SIDENOTE_WHAT=1", "SIDENOTE_WHAT in .env is no setting"),
        ],
        ids=lambda x: str(x)[:30],
    )
    async def test_mistakes_name_key_and_place(self, sidenote: Program, name: str, text: str, says: str) -> None:
        (sidenote.folder / name).write_text(text, "utf-8")
        done = await sidenote("invite", SIDENOTE_DISCORD__APPLICATION_ID="5")
        assert done.status == 2
        assert says in done.err
        assert "secret-words" not in done.err

    @pytest.mark.parametrize(
        ("name", "text", "says"),
        [
            ("labels.toml", "[new]\nname = 'New'", "line 1: the new label new needs a name and phrases"),
            ("labels.toml", "\n[summary]\ncolour = 'red'", "line 3: summary.colour"),
            ("links.toml", "[tracking.mine]\nparameters = ['a&b']", "line 2: tracking.mine.parameters"),
            ("links.toml", "[tracking", "links.toml cannot be read"),
        ],
        ids=lambda x: str(x)[:30],
    )
    async def test_an_operators_own_files_too(self, sidenote: Program, name: str, text: str, says: str) -> None:
        (sidenote.folder / "sidenote.toml").write_text("", "utf-8")
        (sidenote.folder / name).write_text(text, "utf-8")
        done = await sidenote("import", "-")
        assert done.status == 2
        assert says in done.err

    async def test_they_are_laid_over_the_shipped_ones(self, sidenote: Program) -> None:
        (sidenote.folder / "sidenote.toml").write_text("", "utf-8")
        (sidenote.folder / "labels.toml").write_text(
            "[opinion]\nremove = true\n[mine]\nname = 'Mine'\nphrases = ['My phrase']", "utf-8"
        )
        (sidenote.folder / "links.toml").write_text("[tracking.mine]\nparameters = ['share_*']", "utf-8")
        record = {"addresses": ["https://a.example/1"], "title": "T", "labels": ["My phrase"]}
        assert (await sidenote("import", "-", stdin=json.dumps(record))).status == 0
        answer = json.loads((await sidenote("check", "https://a.example/1?share_by=me", "--json")).out)
        assert answer["note"]["lines"][1] == "Label on the page: “My phrase”"
        done = await sidenote("import", "-", stdin=json.dumps({**record, "labels": ["opinion"]}))
        assert "known keys: summary, editorial, automated, mine" in done.err

    async def test_a_change_of_link_rules_reaches_the_records_that_are_there(self, sidenote: Program) -> None:
        folder = sidenote.folder
        (folder / "sidenote.toml").write_text("", "utf-8")
        one = {
            "addresses": ["https://a.example/1?edition=x", "https://a.example/1?edition=y"],
            "title": "T",
            "labels": ["summary"],
        }
        two = {"addresses": ["https://b.example/1?edition=x"], "title": "B", "labels": ["summary"]}
        three = {"addresses": ["https://b.example/1?edition=y"], "title": "C", "labels": ["summary"]}
        lines = "\n".join(json.dumps(x) for x in (one, two, three))
        assert (await sidenote("import", "-", stdin=lines)).status == 0
        (folder / "links.toml").write_text("[tracking.mine]\nparameters = ['edition']", "utf-8")
        done = await sidenote("check", "https://a.example/1", "--json")
        assert "the link rules changed since the keys were made" in done.err
        done = await sidenote("db", "migrate")
        assert "keys made anew=3" in done.err
        assert done.err.count("`sidenote db rekey` shows and merges them") == 1
        answer = json.loads((await sidenote("check", "https://a.example/1?edition=z", "--json")).out)
        assert answer["records"][0]["title"] == "T"
        assert (await sidenote("export")).out.count("\n") == 4

    async def test_the_order_is_line_environment_dotenv_file(self, sidenote: Program) -> None:
        folder = sidenote.folder
        (folder / "sidenote.toml").write_text("[database]\npath = 'file.db'", "utf-8")
        await sidenote("db", "migrate")
        assert (folder / "file.db").exists()
        (folder / ".env").write_text("SIDENOTE_DATABASE__PATH=dotenv.db", "utf-8")
        await sidenote("db", "migrate")
        assert (folder / "dotenv.db").exists()
        await sidenote("db", "migrate", SIDENOTE_DATABASE__PATH="environment.db")
        assert (folder / "environment.db").exists()
        await sidenote("db", "migrate", "--database", "line.db", SIDENOTE_DATABASE__PATH="never.db")
        assert (folder / "line.db").exists()
        assert not (folder / "never.db").exists()


class TestInvite:
    async def test_the_link_asks_for_the_smallest_permissions(self, sidenote: Program) -> None:
        done = await sidenote("invite", SIDENOTE_TOKEN=TOKEN)
        assert done.status == 0
        assert f"client_id={APPLICATION_ID}" in done.out
        assert "permissions=274877991936" in done.out
        done = await sidenote("invite", SIDENOTE_DISCORD__APPLICATION_ID="99")
        assert "client_id=99" in done.out

    async def test_without_token_and_id_it_says_so(self, sidenote: Program) -> None:
        done = await sidenote("invite")
        assert (done.status, done.out) == (2, "")
        assert "There is no token." in done.err


class TestDoctor:
    async def test_all_is_well(self, sidenote: Program) -> None:
        async with Loopback() as discord:
            done = await sidenote("doctor", SIDENOTE_TOKEN=TOKEN, **discord.env())
        assert done.status == 0, done.out + done.err
        assert "MEND" not in done.out
        for what in ("versions", "configuration", "labels", "database", "token", "intents", "server "):
            assert f"ok   {what}" in done.out
        assert not (sidenote.folder / "sidenote.db").exists()

    async def test_what_is_to_mend(self, sidenote: Program) -> None:
        (sidenote.folder / "sidenote.db").write_bytes(b"nonsense" * 1000)
        async with Loopback(intents_allowed=False, permissions=1 << 10) as discord:
            done = await sidenote("doctor", SIDENOTE_TOKEN=TOKEN, **discord.env())
        assert done.status == 1
        assert "MEND database: The file sidenote.db is damaged" in done.out
        assert "MEND intents: switch on Message Content Intent" in done.out
        missing = "Send Messages, Embed Links, Read Message History, Send Messages in Threads"
        assert f"allow for the bot's role: {missing}." in done.out

    async def test_without_a_token_and_with_a_wrong_one(self, sidenote: Program) -> None:
        assert "MEND token: There is no token." in (await sidenote("doctor")).out
        async with Loopback() as discord:
            done = await sidenote("doctor", SIDENOTE_TOKEN=WRONG, **discord.env())
        assert "MEND token: Discord does not accept it." in done.out
        assert WRONG not in done.out + done.err


async def test_usage_mistakes_exit_with_two(sidenote: Program) -> None:
    for arguments in (
        ["nonsense"],
        ["check"],
        ["import"],
        ["export", "--list", "A b"],
        ["export", "--list", "a", "--guild", "1"],
    ):
        assert (await sidenote(*arguments)).status == 2
    done = await sidenote("--version")
    assert (done.status, done.out) == (0, "sidenote 0.1.0\n")
