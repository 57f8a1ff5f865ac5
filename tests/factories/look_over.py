"""A text with a spot that must be looked over, and a post that does it."""

STORY = "Mor til Ali på 3. trinn ringte <b>to</b> ganger."


def looked_over(client, address, data):
    """Post, look over what is shown, and post again with the tick; the two answers."""
    first = client.post(address, data)
    html = first.content.decode()
    assert first.status_code == 200
    assert html.count('name="sett_over"') == 1
    assert "<b>to</b>" not in html
    keys = html.split('name="sett_over" value="')[1].split('"')[0]
    return html, client.post(address, data | {"sett_over": keys})
