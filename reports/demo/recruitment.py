"""The recruitment to pulje 10: in the middle of its dates, with applicants at every stage.

Everything goes through the actions of the product, in the order in which it would have happened.
The dates count from the day of the demo, so that something is always due soon.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from actors.actions.register_fictional import (
    create_fictional_private_owner,
    create_fictional_unit,
)
from actors.models import Kommune, Owner, Role, Statsforvalter
from actors.rules.register import derive_names
from actors.rules.roles import RoleKind
from cohorts.actions.candidate import (
    add_candidates,
    change_candidate,
    dismiss_candidate,
    log_contact,
)
from cohorts.actions.candidate_invite import Contact, invite_candidates
from cohorts.actions.opptak import open_opptak
from cohorts.actions.opptak_embete import set_internal_deadline, set_places
from cohorts.actions.opptak_settings import change_opptak, set_dates
from cohorts.actions.priority import ensure_list, save_list
from cohorts.actions.priority_send import submit_list
from cohorts.actions.soeknad_sending import withdraw_soeknad
from cohorts.models import Candidate, EmbeteOpptak, Opptak, Soeknad
from cohorts.rules.opptak import OpptakDates
from meetings.actions.obligation import sync_recruitment_obligations
from reports.demo import applicants as stage
from reports.demo.applicants import (
    APPLICANTS,
    DEFAULT_QUOTA,
    KVEN_NAMES,
    MAIN,
    PARTNERS,
    QUOTAS,
    SAMI_NAMES,
    ApplicantPlan,
)
from reports.demo.applications import Applicant, apply_whole, begin, judge, start_judging, text_of
from reports.demo.decisions import decide_all, make_second_udir
from reports.demo.names import address_of
from reports.demo.people import office, person
from reports.demo.places import make_kommune
from reports.demo.plan import KommunePlan
from reports.demo.world import CALENDAR, World, day_of

CAPACITY = 12
OPENED_DAYS = 70  # days before the demo's day
WORKDAYS_TO = OpptakDates(soeknadsfrist=3, prioritert_liste=9, avgjoerelse=20, svarfrist=38)  # type: ignore[arg-type]
SECOND_ADVISER = "Liv Torunn Aase"
SENT = {stage.SENDT, stage.HOLDT, stage.TILBUD, stage.JA, stage.NEI, stage.RESERVE, stage.AVSLAG}
JUDGED = SENT | {stage.VURDERT}
APPLIED = JUDGED | {stage.SOEKT, stage.TRUKKET}


def recruit(world: World, opptak: Opptak, plans: tuple[ApplicantPlan, ...] = APPLICANTS) -> None:
    """Fill the opptak as of the demo's day with the applicants of `plans`."""
    _Recruitment(world, opptak, plans).run()


class _Recruitment:
    """The people and the moments that the steps share."""

    def __init__(self, world: World, opptak: Opptak, plans: tuple[ApplicantPlan, ...]) -> None:
        self.world, self.opptak, self.plans = world, opptak, plans
        self.fylker = list(dict.fromkeys(plan.fylke for plan in plans))
        self.second_udir = make_second_udir(world)
        main = Statsforvalter.objects.get(fylker__number=MAIN, fylker__valid_to=None)
        self.mate = office(person(world, name=SECOND_ADVISER), RoleKind.STATSFORVALTER, main)
        self.numbers = iter(range(len(world.places) + len(world.former), 1000))

    def day(self, days: int, hour: int = 9) -> datetime:
        return day_of(self.world, days, hour)

    def run(self) -> None:
        self.open()
        owners = {name: self.kommune(name, MAIN) for name in PARTNERS}
        self.partners = {name: self.eier(owner) for name, owner in owners.items()}
        everybody = [self.make(plan, turn) for turn, plan in enumerate(self.plans)]
        for who in everybody:
            self.consider(who)
        applied = {who.plan.name: self.application(who) for who in everybody if self.begun(who)}
        for fylke in self.fylker:
            self.rank(fylke, [who for who in everybody if who.plan.fylke == fylke], applied)
        sent = [(who, applied[who.plan.name]) for who in everybody if who.plan.name in applied]
        decide_all(self.world, sent, self.second_udir)
        self.opptak.refresh_from_db()
        sync_recruitment_obligations(opptak=self.opptak, now=self.world.now)

    def open(self) -> None:
        """Dates, texts, places; then it is announced."""
        by, now, today = self.world.udir, self.day(-OPENED_DAYS), self.world.today
        days = {
            key: CALENDAR.add_workdays(today, getattr(WORKDAYS_TO, key)) for key in OpptakDates.KEYS
        }
        set_dates(opptak=self.opptak, dates=OpptakDates(**days), by=by, now=now)
        change_opptak(
            opptak=self.opptak,
            info_bm=text_of("info", "nb"),
            info_nn=text_of("info", "nn"),
            by=by,
            now=now,
        )
        quotas = {each.pk: DEFAULT_QUOTA for each in self.opptak.embeter.all()}
        quotas |= {self.embete(fylke).pk: quota for fylke, quota in QUOTAS.items()}
        set_places(opptak=self.opptak, capacity=CAPACITY, quotas=quotas, by=by, now=now)
        self.opptak = open_opptak(opptak=self.opptak, by=by, now=now)
        for fylke in self.fylker:
            if fylke == MAIN:
                continue
            deadline = CALENDAR.shift(today - timedelta(days=28), "previous")
            adviser = self.adviser(fylke)
            set_internal_deadline(embete=self.embete(fylke), deadline=deadline, by=adviser, now=now)

    def embete(self, fylke: str) -> EmbeteOpptak:
        found = self.opptak.embeter.select_related("statsforvalter", "opptak__pulje")
        return found.get(statsforvalter__fylker__number=fylke)

    def adviser_role(self, fylke: str) -> Role:
        return self.world.embete_role(self.embete(fylke).statsforvalter)

    def adviser(self, fylke: str):
        role = self.adviser_role(fylke)
        return role.user.act_as(role, self.world.today)

    def kommune(self, name: str, fylke: str, maalform: str = "bokmaal", units=()) -> Owner:
        """A fictional kommune; some have names in other languages as well."""
        plan = KommunePlan(name, fylke, units, pair=0, ppt=0, offset=0, maalform=maalform)
        now = self.day(-OPENED_DAYS)
        owner, self.units = make_kommune(self.world, plan, next(self.numbers), self.world.udir, now)
        others = [names[name] for names in (SAMI_NAMES, KVEN_NAMES) if name in names]
        if others:
            row = Kommune.objects.filter(pk=owner.kommune_id)
            row.update(
                name_nordsamisk=SAMI_NAMES.get(name, ""),
                name_kvensk=KVEN_NAMES.get(name, ""),
                **derive_names(name, *others),
            )
        return owner

    def eier(self, owner: Owner, language: str = "nb") -> Role:
        name = next(self.world.unseated)
        return office(person(self.world, name=name, language=language), RoleKind.EIER, owner)

    def make(self, plan: ApplicantPlan, turn: int) -> Applicant:
        """The owner with its units; a private school lies in a kommune that does not apply."""
        if plan.private:
            owner = self.school(plan)
        else:
            owner = self.kommune(plan.name, plan.fylke, plan.maalform, plan.units)
        language = "nn" if plan.maalform == "nynorsk" else "nb"
        role = self.eier(owner, language)
        if plan.reach == stage.SKRIVER:  # a second who writes, and who has another kommune as well
            office(self.world.places[0].eier.user, RoleKind.EIER, owner)
        partners = [self.partners[name] for name in plan.partners]
        return Applicant(plan, owner, self.units, role, partners, turn)

    def school(self, plan: ApplicantPlan) -> Owner:
        by, now = self.world.udir, self.day(-OPENED_DAYS)
        number = next(self.world.orgnrs)
        owner = create_fictional_private_owner(name=plan.private, orgnr=number, by=by, now=now)
        unit = create_fictional_unit(
            kind="skole",
            name=plan.name,
            orgnr=next(self.world.orgnrs),
            kommune=Kommune.objects.get(name=PARTNERS[0], is_fictional=True),
            owner=owner,
            school_type="grunnskole",
            grade_from=1,
            grade_to=10,
            children=96,
            by=by,
            now=now,
        )
        self.units = {unit.name: unit}
        return owner

    def begun(self, who: Applicant) -> bool:
        return who.plan.reach in APPLIED | {stage.SKRIVER}

    def consider(self, who: Applicant) -> None:
        """The embete puts the owner on its list, talks to it and invites it."""
        plan, by = who.plan, self.adviser(who.plan.fylke)
        now = self.day(-50)
        [candidate] = add_candidates(
            embete=self.embete(plan.fylke), owners=[who.owner], by=by, now=now
        )
        responsible = by if who.turn % 2 == 0 or plan.fylke != MAIN else self.mate.user
        step, on = self.next_step(plan)
        change_candidate(
            candidate=candidate,
            responsible=responsible,
            reason=plan.reason,
            next_step=step,
            next_step_on=on,
            by=by,
            now=now,
        )
        if plan.reach == stage.UAKTUELL:
            dismiss_candidate(candidate=candidate, reason=plan.reason, by=by, now=self.day(-30))
        elif plan.reach != stage.AKTUELL:
            self.talk(candidate, who, by)
        if plan.reach not in (stage.AKTUELL, stage.KONTAKTET, stage.UAKTUELL):
            self.invite(candidate, who, by)

    def next_step(self, plan: ApplicantPlan) -> tuple[str, date | None]:
        steps = {
            stage.AKTUELL: ("Ring", -2),
            stage.KONTAKTET: ("Ring igjen", 2),
            stage.INVITERT: ("Spør om de søker", 3),
            stage.SKRIVER: ("Minn om fristen", 1),
        }
        if plan.reach not in steps:
            return "", None
        step, workdays = steps[plan.reach]
        return step, CALENDAR.add_workdays(self.world.today, workdays)

    def talk(self, candidate: Candidate, who: Applicant, by) -> None:
        now = self.day(-3 if who.plan.reach == stage.KONTAKTET else -40 + who.turn)
        text = text_of("contact_log", by.language, who.turn)
        how = ("telefon", "moete", "epost")[who.turn % 3]
        on = timezone.localdate(now)
        log_contact(candidate=candidate, on=on, how=how, text=text, by=by, now=now)

    def invite(self, candidate: Candidate, who: Applicant, by) -> None:
        name = who.eier.user.name
        [invited] = invite_candidates(
            embete=candidate.embete,
            contacts=[Contact(candidate, name, address_of(name))],
            message_bm=text_of("invite_message", "nb"),
            message_nn=text_of("invite_message", "nn"),
            by=by,
            now=self.day(-10 if who.plan.reach == stage.INVITERT else -45),
        )
        if self.begun(who):
            taken = invited.invitation
            taken.accepted_at, taken.accepted_by = self.day(-44), who.eier.user
            taken.save(update_fields=["accepted_at", "accepted_by"])

    def application(self, who: Applicant) -> Soeknad:
        if who.plan.reach == stage.SKRIVER:
            return begin(self.world, self.opptak, who, self.day(-9))
        early = who.plan.fylke != MAIN
        begun, sent = (self.day(-42), self.day(-30)) if early else (self.day(-20), self.day(-5))
        if who.plan.late:
            sent = self.day(-25)
        soeknad = apply_whole(self.world, self.opptak, who, begun, sent)
        if who.plan.reach == stage.TRUKKET:
            reason = text_of("withdrawn_reason", who.language)
            withdraw_soeknad(
                soeknad=soeknad, reason=reason, by=who.by(self.world), now=self.day(-22)
            )
        if who.plan.reach in JUDGED:
            judged = self.day(-20) if early else self.day(-2, 14)
            judge(
                self.world,
                soeknad,
                self.adviser_role(who.plan.fylke),
                who.plan.score,
                who.plan,
                judged,
            )
        if who.plan.other_score:
            judge(self.world, soeknad, self.mate, who.plan.other_score, who.plan, self.day(-1, 15))
        if who.plan.reach == stage.SOEKT:
            start_judging(self.world, soeknad, self.mate, self.day(-1, 15))
        return soeknad

    def rank(self, fylke: str, whom: list[Applicant], applied: dict[str, Soeknad]) -> None:
        """The embete's list in the order of the plan; all but the main embete have sent theirs."""
        judged = [who for who in whom if who.plan.reach in JUDGED]
        if not judged:
            return
        by, embete = self.adviser(fylke), self.embete(fylke)
        early = fylke != MAIN
        now = self.day(-16) if early else self.day(-1, 16)
        listed = ensure_list(embete=embete, now=now)
        keys = dict(listed.entries.values_list("soeknad", "pk"))
        order = [keys[applied[who.plan.name].pk] for who in judged]
        note = text_of("list_note", by.language)
        listed = save_list(
            priority_list=listed,
            edit_version=listed.edit_version,
            data={"order": order, "note": note, "wanted": QUOTAS[fylke]},
            by=by,
            now=now,
        )
        if early:
            submit_list(
                priority_list=listed,
                edit_version=listed.edit_version,
                late_reason="",
                by=by,
                now=now,
            )
