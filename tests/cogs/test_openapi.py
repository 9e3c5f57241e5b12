"""Every request of a whole tour, against Discord's own API description where it lies beside the checkout."""

import pytest

from bot.core.model import Mode
from tests.cogs.acts import FORM, edited, flag, record_id
from tests.loopback import description
from tests.stage import OTHER, PAGE, Stage


@pytest.mark.skipif(not description.is_there(), reason="Discord's API description is not beside the checkout")
async def test_discord_would_take_every_request_of_a_tour(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, f"{PAGE} {OTHER}")
    await stage.member.click(stage.note(), label="All claims")
    await stage.member.click(stage.note(), label="Why this note?")
    await stage.member.edit(message, PAGE)
    await flag(stage)
    await flag(stage, "https://second.example/", form={**FORM, "title": " "})
    record = await record_id(stage, "lake")
    shown = await stage.moderator.slash(stage.channel, "flag edit", record=record)
    await stage.moderator.submit_modal(shown, edited(shown))
    for command, options in (
        ("context check", {"link": PAGE}),
        ("flag show", {"record": record}),
        ("flag remove", {"record": record}),
        ("flag withdraw", {}),
        ("claim add", {"record": record, "text": "More"}),
        ("settings show", {}),
        ("settings test", {"link": OTHER}),
    ):
        await stage.moderator.slash(stage.channel, command, **options)
    await stage.rules(mode=Mode.OBSERVE)
    await stage.member.send(stage.channel, OTHER)
    await stage.member.delete(message)
    requests = [r for r in stage.env.http_requests if r.json is not None]
    assert len(requests) > 20
    faults = [description.fault_in(r.method, r.path, [], r.json) for r in requests]
    assert not any(faults), "\n".join(filter(None, faults))
