//! Erasing what tells who somebody is. Ids and states stay, so that numbers and pairs still add up.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use tandem_domain::id::ApplicationId;

use super::entity::{
    answer, answer_aside, application_op, board_look, calendar_token, comment, event, form_news,
    idem, info_request, late_link, login_request, outbox, person as account, person_date,
    placement, sealed_verdict, session, submission, upload,
};
use super::people::{Person, erased_address};
use super::{Stored, Tx};

/// Deletes what tables hold under an id.
macro_rules! forget {
    ($tx:ident, $column:ident = $id:expr, [$($table:ident),+]) => {
        $($table::Entity::delete_many()
            .filter($table::Column::$column.eq($id))
            .exec($tx.db())
            .await?;)+
    };
}

/// Everything that was written in an application and about it, and its place on boards.
pub async fn application(tx: &Tx, id: ApplicationId) -> Stored<()> {
    let id = id.to_string();
    forget!(
        tx,
        Application = &id,
        [
            answer,
            answer_aside,
            application_op,
            form_news,
            info_request,
            submission
        ]
    );
    let either = Condition::any()
        .add(placement::Column::MenteeApp.eq(&id))
        .add(placement::Column::MentorApp.eq(&id));
    placement::Entity::delete_many()
        .filter(either)
        .exec(tx.db())
        .await?;
    let about = Condition::any()
        .add(comment::Column::FirstApp.eq(&id))
        .add(comment::Column::SecondApp.eq(&id));
    comment::Entity::delete_many()
        .filter(about)
        .exec(tx.db())
        .await?;
    // Reasons tell about people; what happened and when does not.
    event::Entity::update_many()
        .col_expr(event::Column::Reason, Expr::value(""))
        .filter(event::Column::Application.eq(&id))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The account: name, address, sessions, files, mails, the own calendar, what was granted.
pub async fn person(tx: &Tx, person: &Person) -> Stored<()> {
    let id = person.id.to_string();
    forget!(
        tx,
        Person = &id,
        [session, board_look, upload, calendar_token, person_date]
    );
    let either = Condition::any()
        .add(sealed_verdict::Column::DeclaredBy.eq(&id))
        .add(sealed_verdict::Column::Person.eq(&id));
    sealed_verdict::Entity::delete_many()
        .filter(either)
        .exec(tx.db())
        .await?;
    idem::Entity::delete_many()
        .filter(idem::Column::Actor.eq(format!("person:{id}")))
        .exec(tx.db())
        .await?;
    let norm = super::people::normalise(&person.email);
    login_request::Entity::delete_many()
        .filter(login_request::Column::EmailNorm.eq(&norm))
        .exec(tx.db())
        .await?;
    let to_them = Condition::any()
        .add(outbox::Column::ToPerson.eq(&id))
        .add(outbox::Column::ToAddr.eq(&person.email));
    outbox::Entity::delete_many()
        .filter(to_them)
        .exec(tx.db())
        .await?;
    late_links(tx, &id, [&person.email, &norm]).await?;
    account::Entity::update_many()
        .col_expr(account::Column::Name, Expr::value(""))
        .col_expr(
            account::Column::Email,
            Expr::value(erased_address(person.id)),
        )
        .col_expr(
            account::Column::EmailNorm,
            Expr::value(Option::<String>::None),
        )
        .col_expr(account::Column::Founder, Expr::value(0_i64))
        .filter(account::Column::Id.eq(&id))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Links for somebody who is late: what was used stays without address and reason.
async fn late_links(tx: &Tx, id: &str, addresses: [&String; 2]) -> Stored<()> {
    late_link::Entity::update_many()
        .col_expr(late_link::Column::Email, Expr::value(""))
        .col_expr(late_link::Column::Reason, Expr::value(""))
        .filter(late_link::Column::UsedBy.eq(id))
        .exec(tx.db())
        .await?;
    // One that was not used opens nothing any more.
    late_link::Entity::delete_many()
        .filter(late_link::Column::UsedBy.is_null())
        .filter(late_link::Column::Email.is_in(addresses))
        .exec(tx.db())
        .await?;
    Ok(())
}
