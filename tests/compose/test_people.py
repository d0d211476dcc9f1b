"""Posts in words on a day."""

from dataclasses import replace
from datetime import date

from reportpack.compose.setting import People
from reportpack.model.office import Person
from tests.compose import northmoor


def test_words_of_a_post_that_two_people_hold_are_the_posts_and_not_both_peoples() -> None:
    office = northmoor.an_office()
    post = office.posts[0]
    alone = replace(office, people=(Person("Ann", post.id),))
    shared = replace(office, people=(Person("Ann", post.id), Person("Bea", post.id)))
    day = date(2031, 3, 18)
    assert People(alone, day).author(post.id) == f"Ann, {post.title}"
    assert People(shared, day).author(post.id) == post.title
    assert People(shared, day).named(post.id) == f"Ann and Bea, {post.title}"
